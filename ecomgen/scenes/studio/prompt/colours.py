"""Colour names: what people write, as sRGB. Names in a row are mixed, so compounds of two of them are not listed."""

from __future__ import annotations

_NAMES = """
white #f6f5f2; pure white #ffffff; off white #f2ede3; ivory #f3ead6; cream #f3e5c8; eggshell #eee5d3; beige #dccbb0;
sand coloured #d8c3a0; sand colored #d8c3a0; nude #dfbfa6; taupe #a3927f; tan #c9a27a; camel #b98a57; khaki #a99a6b;
brown #7a5235; chocolate #4f2f1e; coffee coloured #5a4030; mocha #8a6a52; caramel #b5793d; cinnamon #a2582e;
rust #a8482a; terracotta #c4704f; terra cotta #c4704f; clay #b8745a; brick red #9c4435; red #c0302c; crimson #a81e35;
scarlet #cf2f22; ruby #951b3a; burgundy #6b1f2e; wine red #6d2236; maroon #651e25; cherry #9f1f37; coral #ee7d66;
salmon #ef9a85; peach #f5bf9e; apricot #f3b47c; orange #e2762b; tangerine #e9822f; amber #dd9a2c; mustard #cf9f36;
ochre #c48a3a; gold #c69a4a; golden #d3a545; golden yellow #e5b23c; yellow #efcb45; lemon yellow #f2dd5e;
pastel yellow #f6e7a6; green #4f8a54; lime #a9cc45; olive #7d7c44; sage #a3b096; mint #b0dcc6; emerald #197a58;
jade #4a9b7c; forest green #2f5a3b; dark green #23492f; light green #a9d39e; pastel green #bde0be; pistachio #bccf95;
moss green #6c7a45; teal #217a7d; turquoise #45b7b0; aqua #7ad0d0; cyan #4cc0d8; blue #3f74b5; light blue #a9cbe6;
sky blue #92c3e8; baby blue #b5d6ee; pastel blue #b4cfe6; powder blue #b8cfdd; dark blue #22385f; navy #1e2d4d;
royal blue #2f4fa8; cobalt #2a55a5; indigo #3c3f86; denim blue #4d6a8e; steel blue #5f83a3; purple #7a4c93;
violet #7c5aa6; lavender #c3b4df; lilac #c9aedb; mauve #b695ae; plum #6b3557; aubergine #472a3f; magenta #b8337d;
fuchsia #c93a86; pink #e9a3b4; hot pink #e5548f; light pink #f3c8d2; pastel pink #f3cbd3; blush #edc7c0;
dusty pink #d3a4a2; rose #d98a94; grey #9a9a98; gray #9a9a98; light grey #cfcfcc; light gray #cfcfcc;
dark grey #4b4c4d; dark gray #4b4c4d; charcoal #37393b; anthracite #303336; silver #bfc2c5; black #17171a;
jet black #0d0d0f; dark red #74201f; dark purple #43284f; bronze #93683d; copper #b36f4b; champagne #e6d3b1;
pearl white #efece4; wine #6d2236; azure #5a9fd4; lilac grey #b9b2c4; midnight blue #141d3a; midnight #141d3a;
cerulean #2f8fc4; sapphire #1f3f8f; petrol #165a63; duck egg #c9dcd8; duck egg blue #c4dcdc; seafoam #a9d9c4;
aquamarine #7fd6c2; chartreuse #b9cf3f; avocado green #6f7f3a; khaki green #7d7a4f; bottle green #14432f;
racing green #0f3d2a; fern green #4f7a3f; celadon #aecbb0; saffron #e8a52c; honey #d9a441; butter #f3e3a4;
butter yellow #f6e6a0; lemon #f2dd5e; sunflower yellow #f2bd2c; sand #d8c3a0; oat #dfd2bb; oatmeal #d8ccb4;
biscuit #dcc39c; linen white #f0e8da; bone #e6dcc8; stone grey #a8a39a; greige #b9b0a2; mushroom #b3a698;
ecru #dfd3b6; vanilla #f2e6c0; buttermilk #f4e8c1; porcelain white #f2f1ec; espresso brown #3b2418; chestnut #6f3a22;
cognac #9a5527; sienna #a0522d; umber #5f4632; sepia brown #6b4a2f; hazel #8a6b43; brick #9c4435; vermilion #d9432a;
poppy red #d8342b; strawberry red #d8434a; raspberry red #b3264f; cranberry red #8f1d33; oxblood #4f1418;
bordeaux #5a1a29; merlot #5d1c2b; mulberry #7a2e52; orchid purple #b878b8; periwinkle #a5a9dc; amethyst #8a5fb0;
grape purple #5e3a72; eggplant #472a3f; wisteria #b5a3d4; heather #a494b4; rose gold #c98d7d; rosewood red #65302f;
salmon pink #f2a08d; bubblegum pink #f09ab8; candy pink #ef86a8; baby pink #f4cdd6; shell pink #f0cfc4;
powder pink #efd0cd; rose quartz #efc3c5; old rose #c08a88; flamingo #f08a92; watermelon #ee6471; neon pink #ff2f92;
neon green #39ff5a; neon yellow #eaff2f; neon orange #ff7a1f; neon blue #1f7bff; neon purple #a52fff;
neon red #ff2740; electric blue #1f5cff; acid green #b6ff2e; hot orange #ff6a1f; fluorescent yellow #e8ff36;
gunmetal #43474c; slate grey #5d666f; slate blue #55637a; ash grey #b3b3ae; smoke grey #8d8f90; graphite #3f4143;
onyx black #121214; ink blue #1c2740; ink black #141417; snow white #fbfbfb; cloud white #f1f1ef;
alabaster white #eeebe3; tan brown #b98a5f; mahogany red #5a2018; metallic gold #c69a4a; matte black #1b1b1d;
coal #232425; sunset orange #e8743b; burnt orange #b9541f; rust red #93392a; olive green #6f7138; sea green #3f8f73;
army green #4f5539; grass green #5b9a3d; apple green #8cbf4a; lime green #9fce3c; kelly green #3f9a3f;
pine green #1f4a38; hunter green #2b4a34; teal green #1f7267; teal blue #1f6b85; royal purple #55308d;
deep purple #43284f; cyan blue #36b0d8; ice blue #d4e6ee; steel grey #7d858b; indigo blue #353f86
"""

COLOURS = {entry.rsplit(" ", 1)[0].strip(): entry.rsplit(" ", 1)[1] for entry in " ".join(_NAMES.split()).split("; ")}

MODIFIERS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("pastel", "pale", "light", "baby", "whitish"), (0.5, 0.75)),
    **dict.fromkeys(("dark", "deep", "midnight", "inky", "dusky"), (-0.42, 0.95)),
    **dict.fromkeys(
        (
            "bright",
            "vivid",
            "bold",
            "vibrant",
            "hot",
            "electric",
            "intense",
            "saturated",
        ),
        (0.08, 1.5),
    ),
    **dict.fromkeys(("neon", "fluorescent", "acid", "glowing"), (0.12, 2.0)),
    **dict.fromkeys(
        (
            "dusty",
            "muted",
            "faded",
            "dirty",
            "earthy",
            "greyish",
        ),
        (0.06, 0.6),
    ),
    **dict.fromkeys(("rich", "burnt"), (-0.12, 1.2)),
}
"""What a word before a colour does to it: the share of the way to white (below 0: to black), and a factor of chroma."""


def modified(colour: str, word: str) -> str:
    """`colour`, #rrggbb, as a word before it bends it ("pastel", "deep", "neon")."""
    towards, chroma = MODIFIERS[word]
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    grey = sum(channels) / 3
    livelier = [grey + (value - grey) * chroma for value in channels]
    end = 1.0 if towards > 0 else 0.0
    mixed = [min(max(value + (end - value) * abs(towards), 0.0), 1.0) for value in livelier]
    return "#" + "".join(f"{round(255 * value):02x}" for value in mixed)
