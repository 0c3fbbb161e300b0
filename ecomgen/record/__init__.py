"""run.json: what a run was asked for and what came of it, as one typed and versioned record.

In come the parts of a run as they are made (`entries`), or a record that was written earlier, by whatever version
(`read`, `read_file`, `read_picture`); out goes a `RunRecord`, whose `as_json()` is what run.json, the log and `--json`
hold.
"""

from ecomgen.record.loader import NoRecord, file_hash, in_picture, read, read_file, read_picture, run_id_in, validated
from ecomgen.record.parameters import Parameters
from ecomgen.record.run_record import (
    VERSION,
    AltTextEntry,
    CandidateEntry,
    DifferenceEntry,
    ModelEntry,
    ProductEntry,
    QuestionEntry,
    RunRecord,
    RunStatus,
    ScoresEntry,
    WordsEntry,
    WriterEntry,
)
