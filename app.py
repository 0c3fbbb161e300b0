"""Starts the app: python app.py [--host HOST] [--port PORT].

Nothing is imported before: the workers of a catalogue read this file, too, and need none of it.
"""

import argparse
import sys


def main() -> None:
    """Serve the app until it is stopped."""
    from ecomgen.errors import EcomgenError
    from ecomgen.web.app import launch

    parser = argparse.ArgumentParser(description="Opens ecomgen in the browser.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on; 0.0.0.0 opens it to the network")
    parser.add_argument("--port", type=int, help="by default GRADIO_SERVER_PORT, or 7860")
    options = parser.parse_args()
    try:
        launch(host=options.host, port=options.port)
    except EcomgenError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
