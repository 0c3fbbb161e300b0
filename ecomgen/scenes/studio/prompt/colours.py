"""Colour names: what people write, as sRGB. Names in a row are mixed, so compounds of two of them are not listed."""

from __future__ import annotations

_NAMES = """
white #f6f5f2; pure white #ffffff; off white #f2ede3; ivory #f3ead6; cream #f3e5c8; eggshell #eee5d3;
beige #dccbb0; sand coloured #d8c3a0; sand colored #d8c3a0; nude #dfbfa6; taupe #a3927f; tan #c9a27a;
camel #b98a57; khaki #a99a6b; brown #7a5235; chocolate #4f2f1e; coffee coloured #5a4030; mocha #8a6a52;
caramel #b5793d; cinnamon #a2582e; rust #a8482a; terracotta #c4704f; terra cotta #c4704f; clay #b8745a;
brick red #9c4435; red #c0302c; crimson #a81e35; scarlet #cf2f22; ruby #951b3a; burgundy #6b1f2e; wine red #6d2236;
maroon #651e25; cherry #9f1f37; coral #ee7d66; salmon #ef9a85; peach #f5bf9e; apricot #f3b47c; orange #e2762b;
tangerine #e9822f; amber #dd9a2c; mustard #cf9f36; ochre #c48a3a; gold #c69a4a; golden yellow #e5b23c;
yellow #efcb45; lemon yellow #f2dd5e; pastel yellow #f6e7a6; green #4f8a54; lime #a9cc45; olive #7d7c44;
sage #a3b096; mint #b0dcc6; emerald #197a58; jade #4a9b7c; forest green #2f5a3b; dark green #23492f;
light green #a9d39e; pastel green #bde0be; pistachio #bccf95; moss green #6c7a45; teal #217a7d; turquoise #45b7b0;
aqua #7ad0d0; cyan #4cc0d8; blue #3f74b5; light blue #a9cbe6; sky blue #92c3e8; baby blue #b5d6ee;
pastel blue #b4cfe6; powder blue #b8cfdd; dark blue #22385f; navy #1e2d4d; royal blue #2f4fa8; cobalt #2a55a5;
indigo #3c3f86; denim blue #4d6a8e; steel blue #5f83a3; purple #7a4c93; violet #7c5aa6; lavender #c3b4df;
lilac #c9aedb; mauve #b695ae; plum #6b3557; aubergine #472a3f; magenta #b8337d; fuchsia #c93a86; pink #e9a3b4;
hot pink #e5548f; light pink #f3c8d2; pastel pink #f3cbd3; blush #edc7c0; dusty pink #d3a4a2; rose #d98a94;
grey #9a9a98; gray #9a9a98; light grey #cfcfcc; light gray #cfcfcc; dark grey #4b4c4d; dark gray #4b4c4d;
charcoal #37393b; anthracite #303336; silver #bfc2c5; black #17171a; jet black #0d0d0f; dark red #74201f;
dark purple #43284f; bronze #93683d; copper #b36f4b; champagne #e6d3b1; pearl white #efece4; wine #6d2236;
azure #5a9fd4; lilac grey #b9b2c4
"""

COLOURS = {entry.rsplit(" ", 1)[0].strip(): entry.rsplit(" ", 1)[1] for entry in " ".join(_NAMES.split()).split("; ")}
