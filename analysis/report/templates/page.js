// Charts are drawn as SVG, so that the style sheet gives them the colours of a light, dark or printed page.
const specifications = JSON.parse(document.getElementById("specifications").textContent);
const AXIS_ROOM = 90;

// A plot is as wide as it was designed, or as narrow as its place.
function fit(specification, width) {
  const plot = specification.spec ?? specification;
  if (typeof plot.width === "number") plot.width = Math.max(140, Math.min(plot.width, width - AXIS_ROOM));
  return specification;
}

for (const place of document.querySelectorAll("[data-figure]")) {
  vegaEmbed(place, fit(specifications[place.dataset.figure], place.clientWidth), {renderer: "svg", actions: false, ast: false});
}
