/* A drawn signature, for those who like to draw: strokes become the path of a picture. Nobody needs it. */
"use strict";
(() => {
  for (const pen of document.querySelectorAll("[data-pen]")) {
    const field = pen.parentElement.querySelector("input[name=drawing]");
    const picture = pen.querySelector("svg");
    const line = picture.querySelector("path");
    if (!field || !window.PointerEvent) continue;
    let path = "";
    let drawing = false;
    const point = (event) => {
      const box = picture.getBoundingClientRect();
      const x = Math.round((event.clientX - box.x) * 600 / box.width);
      const y = Math.round((event.clientY - box.y) * 150 / box.height);
      return `${Math.max(0, x)} ${Math.max(0, y)}`;
    };
    const show = () => { line.setAttribute("d", path); field.value = path.length <= 20000 ? path : ""; };
    picture.addEventListener("pointerdown", (event) => {
      drawing = true;
      picture.setPointerCapture(event.pointerId);
      path += `M${point(event)}`;
    });
    picture.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      path += `L${point(event)}`;
      show();
    });
    picture.addEventListener("pointerup", () => { drawing = false; show(); });
    pen.querySelector("[data-clear]").addEventListener("click", () => { path = ""; show(); });
    pen.hidden = false;
  }
})();
