"""The rows of `make show-results`: our figures beside the published ones. What is not built yet says so."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.promises import ROOT, Figure, Row

IMPACT = ("src/traboule/kernel/impact",)
EVALUATE = (*IMPACT, "src/traboule/cli/evaluate.py", "src/traboule/tables")
FIGURES = ("src/traboule/kernel/indicators", "src/traboule/kernel/small_numbers.py")
EXCHANGE = ("src/traboule/kernel/exchange", "src/traboule/cli", "src/traboule/apps/outcomes")
WEB = ("src/traboule/web", "src/traboule/apps", "src/traboule/core", "src/traboule/config")
Pairs = list[tuple[str, float, float, float]]  # name, ours, published, tolerance


def beside(pairs: Pairs) -> Figure:
    """Every figure of ours beside the published one; all within their tolerance."""
    text = "; ".join(f"{name} {shown(ours, room)} ({shown(told, room)})" for name, ours, told, room in pairs)
    details = {name: [ours, told] for name, ours, told, _ in pairs}
    return Figure(f"ours (published): {text}", all(abs(a - b) <= room for _, a, b, room in pairs), details)


def shown(value: float, room: float) -> str:
    """As many decimals as the tolerance asks for."""
    return f"{value:,.{max(0, len(f'{room:f}'.rstrip('0').partition('.')[2]))}f}"


def outside() -> Path | None:
    folder = Path(os.environ.get("TRABOULE_TEST_DATA") or ROOT.parent / "shared" / "data")
    return folder if (folder / "lalonde").is_dir() else None


def on_pinned(measure: Callable[[Any], Figure]) -> Figure:
    """A figure on the pinned copies of NSW and CPS-1."""
    from tests.kernel.impact.studies import lalonde_study

    folder = outside()
    if folder is None:
        return Figure("no pinned copies of NSW and CPS-1: set TRABOULE_TEST_DATA", ok=False)
    return measure(lalonde_study(folder, comparison="cps")[:3])


def differences() -> Figure:
    """NSW alone, and its treated against CPS-1, from the packaged copies."""
    import causaldata
    import numpy as np

    from traboule.kernel.impact import evaluate

    trial = causaldata.nsw_mixtape.load_pandas().data
    cps = causaldata.cps_mixtape.load_pandas().data
    known = ["age", "educ"]
    alone = evaluate(trial.treat, trial.re78, trial[known], method="difference")
    treated = trial[trial.treat == 1]
    columns = [np.concatenate([treated[name], cps[name]]) for name in ("re78", *known)]
    group = np.repeat([1, 0], [len(treated), len(cps)])
    naive = evaluate(group, columns[0], np.column_stack(columns[1:]), method="difference")
    return beside(
        [
            ("NSW", alone.estimate, 1794.34, 0.01),
            ("HC2", alone.standard_error, 671.0, 0.1),
            ("treated", alone.n_treated, 185, 0),
            ("controls", alone.n_comparison, 260, 0),
            ("against CPS-1", naive.estimate, -8497.52, 0.01),
        ]
    )


def adjusted() -> Figure:
    from traboule.kernel.impact import evaluate

    published = {"regression": 1066.4, "oaxaca-blinder": 1133.3, "entropy-balancing": 1406.3}

    def measure(study: Any) -> Figure:
        ours = {method: evaluate(*study, method=method, draws=2).estimate for method in published}
        return beside([(method, ours[method], published[method], 1.0) for method in published])

    return on_pinned(measure)


def doubly_robust() -> Figure:
    from traboule.kernel.impact import evaluate

    def measure(study: Any) -> Figure:
        found = [evaluate(*study, seed=seed) for seed in range(3)]
        spans = ", ".join(f"{f.interval[0]:,.0f} to {f.interval[1]:,.0f}" for f in found)
        ok = all(1000 < f.estimate < 2200 and f.interval[0] < 1794 < f.interval[1] for f in found)
        return Figure(f"{found[0].estimate:,.1f}; seeds 0 to 2: {spans}", ok)

    return on_pinned(measure)


def balance() -> Figure:
    from traboule.kernel.impact import evaluate

    def measure(study: Any) -> Figure:
        found = evaluate(*study, method="entropy-balancing", draws=2)
        pairs: Pairs = [("before", found.max_smd_before, 2.43, 0.005)]
        pairs.append(("effective size", found.effective_sample_size or 0, 269, 0.5))
        figure = beside(pairs)
        text = f"{figure.text}; after {found.max_smd_after:.1e} (< 1e-6)"
        return Figure(text, figure.ok and found.max_smd_after < 1e-6, figure.details)

    return on_pinned(measure)


def attrition() -> Figure:
    import causaldata
    import numpy as np

    from tests.kernel.impact.test_attrition import SQUARED, covariates
    from traboule.kernel.impact import attrition as kernel

    everybody = causaldata.nhefs.load_pandas().data
    followed = everybody.wt82.notna().to_numpy()
    frame, known = everybody[followed], covariates(everybody)
    group = everybody[["qsmk"]].to_numpy(float)
    treatment = kernel.treatment_weights(frame.qsmk, known[followed])
    staying = kernel.followed_weights(followed, np.column_stack([group, known]), within=group)
    both = kernel.treatment_weights(everybody.qsmk, known, stabilised=True) * staying
    intensity = 2 + SQUARED.index("smokeintensity")
    bounds = kernel.bounds(succeeded=48, failed=32, unknown=20)
    who, gain = frame.qsmk, frame.wt82_71
    g_formula = kernel.standardised(who, gain, known[followed], [intensity])
    return beside(
        [
            ("naive", kernel.difference(who, gain), 2.54, 0.005),
            ("IPW", kernel.difference(who, gain, treatment), 3.44, 0.005),
            ("with censoring weights", kernel.difference(who, gain, both[followed]), 3.496, 0.005),
            ("g-formula", g_formula, 3.517, 0.005),
            ("bounds from", bounds.low, 0.48, 0.0001),
            ("to", bounds.high, 0.68, 0.0001),
        ]
    )


def survival() -> Figure:
    from lifelines.datasets import load_rossi

    from traboule.kernel.impact import survival as kernel

    rossi = load_rossi()
    names = [name for name in rossi.columns if name not in ("week", "arrest")]
    found = kernel.hazards(rossi.week, rossi.arrest, rossi[names], names)
    return beside(
        [
            ("fin", found.coefficients["fin"], -0.3794, 0.0001),
            ("its error", found.errors["fin"], 0.1914, 0.0001),
            ("prio", found.coefficients["prio"], 0.0915, 0.0001),
            ("log-likelihood", found.log_likelihood, -658.7477, 0.0001),
            ("log-rank", kernel.log_rank(rossi.week, rossi.arrest, rossi.fin)[0], 3.8376, 0.0001),
            ("S(52)", kernel.kaplan_meier(rossi.week, rossi.arrest).at(52), 0.7361, 0.0001),
        ]
    )


def looks() -> Figure:
    """Computed, and simulated beside it."""
    import numpy as np

    from traboule.kernel.impact.looks import false_alarms, obrien_fleming, pocock

    steps = np.random.default_rng(0).normal(size=(400_000, 5)).cumsum(axis=1)
    z = np.abs(steps / np.sqrt(np.arange(1, 6)))
    simulated = [(z > limits).any(axis=1).mean() for limits in ([1.96] * 5, pocock(5), obrien_fleming(5))]
    return beside(
        [
            ("1.96 five times", false_alarms([1.96] * 5), 0.142, 0.001),
            ("simulated", simulated[0], 0.142, 0.002),
            ("Pocock", pocock(5)[0], 2.413, 0.001),
            ("simulated", simulated[1], 0.05, 0.002),
            ("O'Brien-Fleming", obrien_fleming(5)[-1], 2.040, 0.001),
            ("simulated", simulated[2], 0.05, 0.002),
        ]
    )


def cohort() -> Figure:
    from traboule.kernel.impact.power import power, smallest_gain

    sees, misses = power(38, None, 0.5, 0.25), power(38, None, 0.5, 0.10)
    gain = smallest_gain(38, None, 0.5) or 1
    text = (
        f"power {sees:.2f} for 25 points, {misses:.2f} for 10; smallest that is seen {100 * gain:.0f} points"
    )
    return Figure(text, ok=sees >= 0.8 > 0.5 > misses)


def evaluate() -> Figure:
    from benchmarks.evaluate import measure

    found = measure()
    text = "; ".join(
        f"{name}: {row['ratio']:.2f} × the bare calls ({row['seconds']:.1f} s from file to report, bare "
        f"{row['bare']:.1f} s)"
        for name, row in found.items()
    )
    return Figure(text, ok=all(row["ratio"] <= 1.3 for row in found.values()), details=found)


def clocks() -> Figure:
    """One cohort under two clocks; then a definition gets a second version, and what was frozen stands.

    Twice: made-up facts, and a branch of the demo as its database holds it.
    """
    from dataclasses import replace
    from datetime import date

    from benchmarks.clocks import measure
    from traboule.kernel.generator.afterwards import facts
    from traboule.kernel.indicators import SHIPPED, figure
    from traboule.kernel.indicators.frozen import Frozen, thaw

    day = date(2026, 11, 2)
    people = facts(duos=400, seed=1, as_of=day)
    names = ("positive_outcome_from_start", "positive_outcome_from_end")
    made = {name: figure(SHIPPED[name], people, day) for name in names}
    issued = Frozen(made).data
    second = {name: figure(replace(SHIPPED[name], version=2, months=6), people, day) for name in names}
    one, other = made.values()
    stands = thaw(issued).data == issued != Frozen(second).data
    demo = measure()
    rows = [[found.label, found.hits, found.known, found.n] for found in (one, other)] + demo["rows"]
    text = "; ".join(f"{row[0]}: {row[1]} of {row[2]} known, n {row[3]}" for row in rows)
    ok = stands and demo["stands"] and demo["version"] == 2 and len({row[0] for row in demo["rows"]}) == 2
    return Figure(f"{text}; issued bytes {'stand' if ok else 'moved'}", ok, demo)


def figures() -> Figure:
    """A shared machine is now fast, now half as fast: the loop beside them in the same run says how fast."""
    from benchmarks.indicators import DUOS, LONGEST_REPORT, MOST_LOOPS, measure

    found = measure()
    report, bare = found.pop("report"), found.pop("bare loop")
    longest = max(row["seconds"] for row in found.values())
    text = (
        f"{len(found)} figures of {DUOS:,} duos, the slowest {longest / bare:.0f} × a bare loop "
        f"({longest:.2f} s, loop {bare:.3f} s); "
        f"two reports of {report['cells']} cells released in {report['seconds']:.1f} s"
    )
    return Figure(text, longest <= MOST_LOOPS * bare and report["seconds"] <= LONGEST_REPORT, found)


def erasure() -> Figure:
    """A hundred people of a branch of the demo, erased by the real action, beside nine issued reports."""
    from benchmarks.erasure import ERASED, LONGEST, measure

    found = measure()
    moved = ", ".join(found["moved"]) or "none"
    foretold = found["figures"] - len(found["wrong"])
    text = (
        f"{found['erased']} people, {found['duos']} duos: {found['files']} pieces of {found['reports']} "
        f"reports {'stand' if found['same'] else 'MOVED'}; {foretold} of {found['figures']} figures of today "
        f"are as the rules foretold, row by row; moved: {moved} (of an intake a stand-in knows the month; "
        f"ratings and days of training go with their person); {found['seconds']:.0f} s"
    )
    kept = found["same"] and found["chain"] and not found["wrong"]
    return Figure(text, kept and found["erased"] == ERASED and found["seconds"] < LONGEST, found)


def rtof() -> Figure:
    """Invented people and the demo's own mentees; what rtofdata was given, and what it misreads."""
    from benchmarks.rtof import row

    folder = outside()
    if folder is None or not (folder / "rtof").is_dir():
        return Figure("no definition of the fund: set TRABOULE_TEST_DATA", ok=False)
    return row(folder / "rtof")


def network() -> Figure:
    """All branches on one page, from snapshots, beside the plain list of people of one branch."""
    from benchmarks.network import MOST, measure

    found = measure()
    text = (
        f"{found['ratio']:.2f} × the list ({found['network_ms']:.0f} ms, list {found['list_ms']:.0f} ms; "
        f"{found['duos']:,} duos in {found['branches']} branches). Both keep what they drew; cold, once a "
        f"process and language after a snapshot, {found['cold_network_ms']:.0f} ms: "
        f"{found['cold_ratio']:.2f} × the list as cold, {found['cold_to_warm_list']:.1f} × the list above. "
        f"A chosen quarter, drawn each time: {found['chosen_ratio']:.1f} ×. "
        f"A refresh of all takes {found['refresh_s']:.0f} s"
    )
    return Figure(text, found["ratio"] <= MOST, found)


ROWS = (
    Row("differences", "NSW, and its treated against CPS-1", "as published ± .01", differences, IMPACT),
    Row("adjusted", "three adjusted effects, NSW with CPS-1", "Imbens & Xu 2024 ± 1", adjusted, IMPACT),
    Row("robust", "AIPW, NSW with CPS-1", "1,000 to 2,200; interval holds 1,794", doubly_robust, IMPACT),
    Row("balance", "largest difference, effective sample size", "2.43; < 1e-6; 269", balance, IMPACT),
    Row("attrition", "NHEFS: four answers; bounds", "What if ± .005; 48 to 68 %", attrition, IMPACT),
    Row("survival", "the Rossi study", "as published", survival, IMPACT),
    Row("looks", "five looks", "14.2 %; 2.413; 2.040; 5.0 %", looks, IMPACT),
    Row("cohort", "what 38 duos can show", "25 points, not 10", cohort, IMPACT),
    Row(
        "evaluate", "traboule evaluate, 16,177 rows, 300 draws", "≤ 1.3 × the bare calls", evaluate, EVALUATE
    ),
    Row(
        "clocks",
        "one cohort, two clocks; a definition changes",
        "two rates; the same bytes",
        clocks,
        (*FIGURES, "src/traboule/apps/indicators", "benchmarks/clocks.py"),
    ),
    Row(
        "figures",
        "every shipped figure of 50,000 duos",
        "≤ 30 × a bare loop; two reports ≤ 10 s",
        figures,
        FIGURES,
    ),
    Row("erasure", "100 people erased", "no issued byte moves; counts by the rules", erasure, WEB),
    Row(
        "rtof", "5,000 people exported for RTOF", "0 violations; read back with equal counts", rtof, EXCHANGE
    ),
    Row(
        "network",
        "dashboard of the network, 50,000 duos",
        "≤ 3 × the plain list page",
        network,
        (*WEB, "src/traboule/kernel/indicators", "benchmarks/network.py"),
        full=True,
    ),
)
