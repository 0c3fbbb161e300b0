"""The maskers, one file each: a photo and what is known of it come in, `Proposals` go out.

Each has `propose(reference, request, report)`. A new masker is a new file here and its name in `ecomgen.masking`.
"""
