"""What a user asks for: frozen requests, checked before anything is loaded.

Every option is declared here once; see `ecomgen.options` for what follows from a declaration.
"""

from ecomgen.request.checked import MAX_PHOTOS, MAX_SEED
from ecomgen.request.commands import (
    CheckRequest,
    ClipOptions,
    CutoutRequest,
    ExportOptions,
    ScoreRequest,
    TeachRequest,
    WordsOptions,
)
from ecomgen.request.recorded import FILES, file_hashes, hash_of, recorded, requested
from ecomgen.request.run import MAX_COMPANIONS, NO_PROMPT, Request, check_prompt
