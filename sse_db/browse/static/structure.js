// Draws a unit cell with 3Dmol; the atoms come from this server alone.
"use strict";
(() => {
  const place = document.getElementById("structure");
  if (!place || typeof $3Dmol === "undefined") return;
  const file = document.getElementById("structure-file");
  const legend = document.getElementById("structure-legend");
  const choice = document.getElementById("structure-choice");
  const colours = $3Dmol.elementColors.Jmol;
  const hex = (number) => "#" + number.toString(16).padStart(6, "0");
  const colourOf = (element) => colours[element] === undefined ? 0xff1493 : colours[element];
  let viewer = null;

  const occupancy = (parts) => Object.values(parts).reduce((sum, share) => sum + share, 0);

  // a shared site has the mean colour of its elements, weighted by their shares; what is vacant counts half, as white
  function mixed(parts) {
    const vacant = Math.max(0, 1 - occupancy(parts)) / 2;
    const total = occupancy(parts) + vacant || 1;
    let colour = 0;
    for (const shift of [16, 8, 0]) {
      let channel = 255 * vacant / total;
      for (const [element, share] of Object.entries(parts)) channel += ((colourOf(element) >> shift) & 255) * share / total;
      colour |= Math.min(255, Math.round(channel)) << shift;
    }
    return hex(colour);
  }

  function explain(atoms) {
    const elements = [...new Set(atoms.flatMap((atom) => Object.keys(atom.parts)))].sort();
    legend.replaceChildren(...elements.map((element) => {
      const mark = document.createElement("span");
      const dot = document.createElement("i");
      dot.style.background = hex(colourOf(element));
      mark.append(dot, element);
      return mark;
    }));
  }

  const named = (parts) => Object.entries(parts).map(([element, share]) => `${element} ${share}`).join(", ");

  function draw(structure) {
    if (viewer === null) {
      place.replaceChildren();
      viewer = $3Dmol.createViewer(place, {backgroundColor: "white", antialias: true});
    }
    viewer.clear();
    const model = viewer.addModel();
    model.addAtoms(structure.atoms.map((atom, number) => {
      const main = Object.keys(atom.parts).sort((one, other) => atom.parts[other] - atom.parts[one])[0];
      return {
        elem: main, x: atom.x, y: atom.y, z: atom.z, serial: number, bonds: [], bondOrder: [], parts: atom.parts,
        style: {sphere: {scale: occupancy(atom.parts) > 0.95 ? 0.33 : 0.24, color: mixed(atom.parts)}},
      };
    }));
    model.setCrystData(...structure.cell);
    viewer.addUnitCell(model, {box: {color: "grey"}});
    viewer.setHoverable({}, true, (atom) => { place.title = named(atom.parts); }, () => { place.title = ""; });
    viewer.zoomTo();
    viewer.rotate(20, "y");
    viewer.rotate(12, "x");
    viewer.render();
    explain(structure.atoms);
    place.dataset.atoms = String(structure.atoms.length);
  }

  async function show(address) {
    file.href = address;
    try {
      const answer = await fetch(address.replace(/\.cif$/, ".json"));
      const structure = await answer.json();
      if (!answer.ok) throw new Error(structure.error);
      draw(structure);
    } catch (error) {
      place.textContent = `The structure cannot be drawn: ${error.message}`;
      place.dataset.atoms = "0";
      viewer = null;
    }
  }

  if (choice) choice.addEventListener("change", () => show(choice.value));
  show(place.dataset.structure);
})();
