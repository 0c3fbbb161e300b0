"""What is seen far behind. In: a shot, the hour, and names of layers or furniture. Out: a `Painting`, out of focus.

`landscape` paints the sky and land and town before it, `interior` a room with its furniture and window.
"""
