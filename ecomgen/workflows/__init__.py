"""Journeys that join steps: requests come in; cut-outs, scores, replays and exports go out.

The longest, `ecomgen.generation`, stands beside this folder.
"""
