"""Headers that groups and data sets write in their own sheets, beside those of our maps: column of ours to words."""

from __future__ import annotations

GUESS_WORDS: dict[str, tuple[str, ...]] = {
    "Sample": (
        "id", "name", "specimen", "sample no", "sample nr", "batch", "probe", "probenname", "proben-nr",
        "probenbezeichnung", "bezeichnung", "échantillon",
    ),
    "Formula": (
        "material", "electrolyte", "reduced composition", "chemical formula", "stoichiometry", "zusammensetzung",
        "formel", "summenformel", "material (nominal)", "nominelle zusammensetzung",
    ),
    "Structure class": ("structure", "structure family", "material class", "familie", "strukturklasse", "struktur"),
    "Space group": ("raumgruppe", "spacegroup"),
    "Phase": ("phase", "zustand"),
    "Additive": ("zusatz", "additiv", "sinterhilfsmittel", "second phase"),
    "Synthesis method": ("synthesis route", "preparation", "herstellung", "synthese", "syntheseweg"),
    "Pellet diameter": ("durchmesser", "diameter of pellet", "ø"),
    "Pellet thickness": ("dicke", "pellet height", "l"),
    "Grain size": ("korngröße", "korngrösse", "mittlere korngröße", "d50 grain"),
    "Relative density": ("rel density", "density", "relative dichte", "rel. dichte", "dichte", "td"),
    "Sample remark": (),
    "Calcination temperature": ("kalziniertemperatur", "calcination temp", "t calc"),
    "Calcination time": ("kalzinierzeit", "t calc time"),
    "Sintering temperature": ("sintertemperatur", "sinter temp", "sintering temp", "t sinter", "t_s", "t sint"),
    "Sintering time": ("sinterzeit", "sinterdauer", "dwell time", "holding time", "haltezeit"),
    "Sintering mode": ("sintering method", "sinterverfahren"),
    "Sintering atmosphere": ("atmosphäre",),
    "Temperature": ("messtemperatur", "temperatur", "t meas", "t_meas", "measured at"),
    "σ bulk": (
        "ic (bulk)", "bulk", "grain conductivity", "σ grain", "sigma grain", "volumenleitfähigkeit",
        "kornleitfähigkeit", "σ_bulk", "sigma b",
    ),
    "σ grain boundary": ("grain boundary", "gb", "korngrenze", "korngrenzenleitfähigkeit", "σ kg", "σ_gb", "sigma kg"),
    "σ total": (
        "ic (total)", "total", "ionic conductivity", "conductivity at rt", "rt conductivity", "σ ion", "sigma rt",
        "leitfähigkeit", "ionenleitfähigkeit", "gesamtleitfähigkeit", "σ ges", "σ_total", "sigma ges", "target",
    ),
    "Ea bulk": ("aktivierungsenergie bulk", "ea b"),
    "Ea total": ("aktivierungsenergie", "e_a", "activation energy", "ea total"),
    "DOI": ("source", "reference", "quelle", "literatur", "paper doi", "ref"),
    "Title": ("titel",),
    "First author": ("autor", "erstautor", "authors"),
    "Year": ("jahr",),
    "Journal": ("zeitschrift",),
    "Place in the paper": ("figure", "table", "abbildung"),
    "Remark": ("bemerkung", "bemerkungen", "kommentar", "anmerkung"),
}  # fmt: skip

SIGMA_WORDS = (
    "σ",
    "sigma",
    "conductivity",
    "conductivities",
    "ionic",
    "ion",
    "ic",
    "leitfähigkeit",
    "ionenleitfähigkeit",
)
EA_WORDS = ("ea", "e a", "activation", "energy", "aktivierungsenergie")
"""Words of which names of conductivities and of activation energies are made, beside those of their kind."""
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "grain_boundary": ("grain boundary", "grain boundaries", "intergrain", "gb", "korngrenze", "korngrenzen", "kg"),
    "bulk": ("grain interior", "intragrain", "bulk", "grain", "lattice", "volumen", "korn", "b"),
    "total": ("total", "tot", "overall", "gesamt", "ges"),
}
"""Words that say of which kind a conductivity is, the longer ones of a kind first."""

HEADINGS: dict[str, tuple[str, ...]] = {
    "samples": ("sample", "samples", "specimen", "material", "materials", "sample information", "probe", "proben",
                "microstructure", "pellet", "synthesis", "preparation", "composition"),
    "publications": ("reference", "references", "literature", "source", "publication", "paper", "quelle"),
    "impedance_measurements": ("conductivity", "ionic conductivity", "conductivities", "impedance", "eis", "results",
                               "measurement", "measurements", "transport", "electrical properties", "properties"),
    "activation_energies": ("conductivity", "ionic conductivity", "impedance", "eis", "results", "transport",
                            "electrical properties", "arrhenius", "properties"),
    "structural_records": ("structure", "crystal structure", "lattice", "lattice parameters", "unit cell", "xrd"),
}  # fmt: skip
"""Titles over columns that say no more of them than the table of ours that they go to."""
