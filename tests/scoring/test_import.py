from __future__ import annotations

import subprocess
import sys


def test_importing_the_step_is_cheap() -> None:
    code = (
        "import sys, ecomgen.scoring; "
        "print([name for name in ('torch', 'cv2', 'skimage', 'scipy', 'open_clip') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
