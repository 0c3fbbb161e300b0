"""Rooms that are seen behind: built in metres, lit through a window or by lamps, and photographed by themselves."""
