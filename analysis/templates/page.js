// Charts are drawn as SVG, so that the style sheet gives them the colours of a light, dark or printed page.
const specifications = JSON.parse(document.getElementById("specifications").textContent);
for (const place of document.querySelectorAll("[data-figure]")) {
  vegaEmbed(place, specifications[place.dataset.figure], {renderer: "svg", actions: false, ast: false});
}
