"""A laboratory bench for view tests: rows put straight into an initialised database."""

from contextlib import contextmanager, nullcontext

import sqlalchemy as sa

from sse_db.database.engine import open_engine
from sse_db.materials.formulas import read_formula
from sse_db.schema import metadata


class Bench:
    """Adds publications, samples, steps, measurements and structures; reads views as dictionaries."""

    def __init__(self, url):
        self.engine = open_engine(url)
        self._connection = None
        batch = {"file_name": "bench", "file_sha256": "0", "format": "sheet", "curator": "t", "created_at": "t",
                 "code_version": "t", "counts": "{}", "skipped": "[]"}  # fmt: skip
        self.batch = self.insert("import_batches", with_batch=False, **batch)

    @contextmanager
    def at_once(self):
        """One transaction for all that the block adds."""
        with self.engine.begin() as self._connection:
            yield
        self._connection = None

    def _connect(self):
        return nullcontext(self._connection) if self._connection is not None else self.engine.begin()

    def insert(self, table, *, with_batch=True, **values):
        if with_batch:
            values["batch_id"] = self.batch
        with self._connect() as connection:
            inserted = sa.insert(metadata.tables[table]).values(values).returning(metadata.tables[table].c.id)
            return connection.execute(inserted).scalar_one()

    def composition(self, text):
        formula = read_formula(text)
        row = self.row(f"SELECT id FROM compositions WHERE fingerprint = '{formula.fingerprint}'")
        if row:
            return row["id"]
        key = self.insert("compositions", formula=formula.formula, reduced_formula=formula.reduced_formula,
                          fingerprint=formula.fingerprint)  # fmt: skip
        for element, amount in formula.amounts.items():
            self.insert("composition_elements", composition_id=key, element=element, amount=amount)
        return key

    def sample(self, label="A", formula="Li7La3Zr2O12", doi="10.1000/bench", **values):
        known = self.row(f"SELECT id FROM publications WHERE doi = '{doi}'")
        publication = (
            known["id"] if known else self.insert("publications", doi=doi, kind="article", review_state="draft")
        )
        composition = self.composition(formula) if formula else None
        return self.insert("samples", publication_id=publication, composition_id=composition, label=label, **values)

    def measure(self, sample, contribution, value, temperature=25.0, **values):
        basis = "not_stated" if temperature is None else "stated"
        row = {"temperature_basis": basis, "relation": "=", "value_basis": "measured", "contribution_basis": "stated",
               "replicate_label": "", **values}  # fmt: skip
        return self.insert("impedance_measurements", sample_id=sample, contribution=contribution,
                           conductivity_s_per_cm=value, temperature_c=temperature, **row)  # fmt: skip

    def step(self, sample, position, operation, temperature=None, duration=None):
        self.insert("processing_steps", sample_id=sample, position=position, operation=operation,
                    temperature_c=temperature, duration_h=duration)  # fmt: skip

    def structure(self, label, formula="Li7La3Zr2O12", sample=None, **values):
        row = {
            "match": "exact",
            "coordinates_basis": "exact",
            "temperature_basis": "not_stated",
            "formula_units": 8,
            **values,
        }
        return self.insert("structural_records", record_key=label, label=label,
                           composition_id=self.composition(formula), sample_id=sample, **row)  # fmt: skip

    def row(self, sql):
        rows = self.rows(sql)
        return rows[0] if rows else None

    def rows(self, sql):
        with self._connect() as connection:
            return [dict(row) for row in connection.execute(sa.text(sql)).mappings()]

    def of(self, view, sample):
        return self.row(f"SELECT * FROM {view} WHERE sample_id = {sample}")
