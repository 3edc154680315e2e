// Draws a unit cell with chemiscope; the atoms come from this server alone.
"use strict";
(() => {
  const place = document.getElementById("structure");
  if (!place || typeof Chemiscope === "undefined") return;
  const part = (name) => document.getElementById(`structure-${name}`);
  const choice = part("choice");
  const LOOK = {bonds: false, unitCell: true, axes: "abc"};
  const NEIGHBOURS = 3; // Å that chemiscope's menu "Environments" begins with
  let viewer = null;
  let host = null;

  const named = (site) => Object.entries(site.parts)
    .map(([element, share]) => (share === 1 ? element : `${element} ${Number(share.toPrecision(3))}`)).join(" + ");

  // chemiscope's style sheets live in its own panels only, and a viewer alone takes those of the place it is put into
  function stage() {
    const panel = document.createElement("div");
    const borrowed = new Chemiscope.MetadataPanel(panel, {name: ""});
    host = document.createElement("div");
    host.attachShadow({mode: "open"}).adoptedStyleSheets = panel.firstElementChild.shadowRoot.adoptedStyleSheets;
    borrowed.remove();
    const root = document.createElement("div");
    root.style.height = "100%";
    host.className = "small";
    host.shadowRoot.append(root);
    place.replaceChildren(host);
    return root;
  }

  function start() {
    const warnings = new Chemiscope.Warnings();
    warnings.addHandler((message) => { part("site").textContent = message; });
    viewer = new Chemiscope.MoleculeViewer(stage(), [], warnings);
    viewer.positionSettingsModal = ({width}) => ({left: Math.max(0, (window.innerWidth - width) / 2), top: 40});
    viewer.applySettings(LOOK);
  }

  // c upwards, a towards the reader, turned and tilted a little, as large as the place allows
  function camera(cell) {
    const [turn, tilt] = [-25, 12].map((degree) => degree * Math.PI / 180);
    const half = [0, 1, 2].map((axis) => (cell[axis] + cell[axis + 3] + cell[axis + 6]) / 2);
    const radius = 0.75 * Math.hypot(...half) + 0.5;
    const zoom = 150 - Math.max(1, place.clientHeight / place.clientWidth) * radius / Math.tan(10 * Math.PI / 180);
    const center = {x: -half[0], y: -half[1], z: -half[2]};
    const eye = {x: center.x, y: center.y + Math.cos(tilt), z: center.z + Math.sin(tilt)};
    const up = {x: Math.cos(turn), y: Math.sin(turn) * Math.sin(tilt), z: -Math.sin(turn) * Math.cos(tilt)};
    return {center, eye, up, zoom};
  }

  // chemiscope draws anew at each step of loading: what is drawn small costs little, and one drawing in full size remains
  async function draw(structure) {
    if (viewer === null) start();
    host.className = "small";
    load(structure);
    await frame();
    host.className = "stage";
    await frame();
    nameParts();
  }

  function* within(root) {
    for (const each of root.querySelectorAll("*")) {
      yield each;
      if (each.shadowRoot) yield* within(each.shadowRoot);
    }
  }

  // chemiscope's button and fields carry no names of their own
  function nameParts() {
    for (const each of within(document.body)) {
      if (!each.matches("button, input, select") || !(each.getRootNode() instanceof ShadowRoot)) continue;
      const row = each.closest("label, .input-group, div");
      const words = each.title || each.textContent.trim() || (row ? row.textContent.trim().slice(0, 60) : "");
      if (!each.hasAttribute("aria-label")) each.setAttribute("aria-label", words || "Display options of the structure");
    }
  }

  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  function load({cell, atoms, sites}) {
    const kinds = atoms.map((atom) => sites[atom.site]);
    const [x, y, z] = ["x", "y", "z"].map((axis) => atoms.map((atom) => atom[axis]));
    const spheres = kinds.map(({colour, radius}) => (radius === null ? {centers: [], radii: [], colors: []}
      : {centers: [[0, 0, 0]], radii: [radius], colors: [colour]}));
    viewer.applySettings({shape: ""});
    viewer.load({
      size: atoms.length, cell, x, y, z, names: kinds.map(named), elements: kinds.map((site) => Object.keys(site.parts)[0]),
      shapes: {sites: {kind: "spheres", parameters: {global: {centers: []}, atom: spheres}}},
    }, undefined, {environments: atoms.map((_, center) => ({structure: 0, center, cutoff: NEIGHBOURS}))});
    viewer.onselect = (atom) => {
      viewer.highlight(atom % atoms.length);
      part("site").textContent = `The marked atom: ${named(kinds[atom % atoms.length])}`;
    };
    const mixed = sites.some((site) => site.radius !== null);
    viewer.applySettings({shape: mixed ? "sites" : "", camera: camera(cell)});
  }

  // what the picture shows, in words
  function explain({sites, elements}) {
    part("legend").replaceChildren(...Object.entries(elements).map(([element, colour]) => {
      const mark = document.createElement("span");
      const dot = document.createElement("i");
      dot.style.background = colour;
      mark.append(dot, element);
      return mark;
    }));
    part("sites").textContent = `Sites of the cell: ${sites.map((site) => `${site.count} × ${named(site)}`).join("; ")}.`;
    part("site").textContent = "";
  }

  async function show(address) {
    part("file").href = address;
    try {
      const answer = await fetch(address.replace(/\.cif$/, ".json"));
      const structure = await answer.json();
      if (!answer.ok) throw new Error(structure.error);
      await draw(structure);
      explain(structure);
      place.dataset.atoms = String(structure.atoms.length);
    } catch (error) {
      if (viewer) viewer.remove();
      viewer = null;
      place.textContent = `The structure cannot be drawn: ${error.message}`;
      place.dataset.atoms = "0";
    }
  }

  if (choice) choice.addEventListener("change", () => show(choice.value));
  show(place.dataset.structure);
})();
