// What a point of a plot is called appears under the pointer.
"use strict";
for (const drawing of document.querySelectorAll("[data-tooltips]")) {
  for (const mark of drawing.querySelectorAll("path[aria-label]")) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = mark.getAttribute("aria-label");
    mark.append(title);
  }
}
