"""The tables, one file each, in the order in which rows can be inserted."""

from sse_db.columns import enforce_bounds
from sse_db.schema.activation_energies import ActivationEnergy
from sse_db.schema.attachments import Attachment
from sse_db.schema.base import CuratedRow, Row
from sse_db.schema.change_log import ChangeLog
from sse_db.schema.compositions import Composition, CompositionElement
from sse_db.schema.elements import Element
from sse_db.schema.former_names import PublicationIdentifier, SampleAlias
from sse_db.schema.impedance_measurements import ImpedanceMeasurement
from sse_db.schema.impedance_spectra import ImpedanceSpectrum
from sse_db.schema.import_batches import CurrentBatch, ImportBatch
from sse_db.schema.processing_steps import ProcessingStep
from sse_db.schema.publications import Publication
from sse_db.schema.samples import Sample
from sse_db.schema.spectrum_fits import SpectrumFit
from sse_db.schema.structural_records import StructuralRecord

metadata = Row.metadata
enforce_bounds(metadata)
for _table in metadata.tables.values():
    # a key is never given twice, so that the change log speaks of one row for ever
    _table.dialect_options["sqlite"]["autoincrement"] = True

CURATED: tuple[type[CuratedRow], ...] = (
    Publication,
    PublicationIdentifier,
    Composition,
    CompositionElement,
    Sample,
    SampleAlias,
    ProcessingStep,
    ImpedanceMeasurement,
    ActivationEnergy,
    StructuralRecord,
    ImpedanceSpectrum,
    SpectrumFit,
    Attachment,
)
"""Tables that imports write, parents before children; the change log covers exactly these."""

__all__ = [
    "CURATED",
    "ActivationEnergy",
    "Attachment",
    "ChangeLog",
    "Composition",
    "CompositionElement",
    "CurrentBatch",
    "Element",
    "ImpedanceMeasurement",
    "ImpedanceSpectrum",
    "ImportBatch",
    "ProcessingStep",
    "Publication",
    "PublicationIdentifier",
    "Row",
    "Sample",
    "SampleAlias",
    "SpectrumFit",
    "StructuralRecord",
    "metadata",
]
