"""The worked example of the template: two samples of one paper, facts as in seed_data/literature/nasicon.csv."""

from __future__ import annotations

EXAMPLE: dict[str, tuple[dict[str, str], ...]] = {
    "Publication": (
        {
            "DOI": "10.1016/j.jeurceramsoc.2020.01.017",
            "Title": "Microstructure, ionic conductivity and mechanical properties of tape-cast Li1.5Al0.5Ti1.5P3O12 "
            "electrolyte sheets",
            "First author": "Dashjav E",
            "Year": "2020",
            "Journal": "Journal of the European Ceramic Society",
            "Publication kind": "article",
        },
    ),
    "Samples": (
        {
            "Sample": "LATP:Si 920 C",
            "Formula": "Li1.5Al0.5Ti1.5(PO4)3",
            "Structure class": "NASICON",
            "Phase": "crystal",
            "Additive": "SiO2",
            "Synthesis method": "solution-assisted solid-state + tape casting",
            "Relative density": "99.8",
            "Sample remark": "1.5 % SiO2, basis not stated",
        },
        {
            "Sample": "LATP tape 920 C",
            "Formula": "Li1.5Al0.5Ti1.5(PO4)3",
            "Structure class": "NASICON",
            "Phase": "crystal",
            "Synthesis method": "solution-assisted solid-state + tape casting",
            "Relative density": "95.3",
        },
    ),
    "Processing": (
        {"Sample": "LATP:Si 920 C", "Step": "1", "Operation": "calcination", "Temperature": "750"},
        {"Sample": "LATP:Si 920 C", "Step": "2", "Operation": "sintering", "Temperature": "920", "Time": "1"},
        {"Sample": "LATP tape 920 C", "Step": "1", "Operation": "calcination", "Temperature": "750"},
        {"Sample": "LATP tape 920 C", "Step": "2", "Operation": "sintering", "Temperature": "920", "Time": "1"},
    ),
    "Measurements": (
        {
            "Sample": "LATP:Si 920 C",
            "Temperature": "20",
            "σ bulk": "1.2e-3",
            "σ total": "2e-4",
            "Contribution stated": "stated",
            "Value basis": "bulk: extrapolated",
            "Ea bulk": "0.26",
            "Place in the paper": "abstract and results",
            "Confidence": "high",
        },
        {
            "Sample": "LATP tape 920 C",
            "Temperature": "20",
            "σ bulk": "3e-3",
            "σ grain boundary": "1e-4",
            "σ total": "1e-4",
            "Contribution stated": "stated",
            "Ea grain boundary": "0.35",
            "Place in the paper": "results text",
            "Confidence": "high",
        },
    ),
}
