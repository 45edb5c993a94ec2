# Two words are enough: `make demo` to look, `make test` to trust. `make help` lists the rest.
PYTHON ?= python3
