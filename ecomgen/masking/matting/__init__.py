"""Matting: a photo and its hard mask come in; alpha and clean foreground colours at full resolution go out."""
