"""The browser app. Importing it before gradio keeps gradio's telemetry off: no request leaves the machine unasked."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
