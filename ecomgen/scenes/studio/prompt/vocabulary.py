"""The words the studio knows, as data: for each field of the wish, its values and what people call them.

Every value is one that a set, a surface or a lamp acts on; a word that would change nothing has no place here.
Phrases are in the singular, since plurals are cut back while reading.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """A word sets `field` of the wish to `value`."""

    field: str
    value: str


_FUNCTION_WORDS = """
a an the of and or on in at by to with for from into onto its it is are as that this there under over up near beside
next behind front top around through upon between some one very while where which being be
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

PLACES = """
sweep: studio; seamless; backdrop; infinity cove; cyclorama; minimal; minimalist; plain; solid; catalogue; catalog
window: window; windowsill; window sill; living room; room; indoor; indoors; interior; home; apartment; bedroom; lounge
beach: beach; seaside; seashore; shore; coast; sand; sandy; ocean; sea; dune; tropical beach
garden: garden; park; backyard; lawn; meadow; outdoor; outdoors; outside; nature; greenery; field; countryside; picnic
"""
SURFACES = """
oak: oak; wood; wooden; timber; plank; oak wood; parquet
walnut: walnut; dark wood; mahogany; walnut wood
pine: pine; light wood; pine wood; scandinavian wood
birch: birch; maple; ash wood; plywood; bamboo
teak: teak; cherry wood; acacia; rosewood
weathered: weathered; driftwood; rustic; reclaimed; barn; weathered wood; old wood; rustic wood
marble: marble; carrara; calacatta; white marble; quartz
black marble: black marble; dark marble; nero marquina
green marble: green marble
travertine: travertine; sandstone; limestone
slate: slate; basalt; dark stone
granite: granite
concrete: concrete; cement; asphalt; pavement; sidewalk
stone: stone; rock; boulder; rocky; cobblestone
plaster: plaster; stucco; clay wall
"""
TIMES = """
morning: morning; sunrise; dawn; breakfast; early
noon: noon; midday; summer day
afternoon: afternoon; daylight; daytime; sunny; sunlight; sunlit; sunshine
golden: golden hour; sunset; evening; golden light; warm light; late afternoon
dusk: dusk; twilight; blue hour
night: night; midnight; nighttime; moonlight; moonlit
"""
SIDES = """
left: from left; left light; light from left; lit from left
right: from right; light from right; lit from right
"""
HARDNESS = """
soft: soft; soft light; diffused; diffuse; diffuse light; gentle; even light; cloudy; overcast; softbox; airy
hard: hard light; hard; harsh; direct sunlight; strong shadow; crisp shadow; dramatic; dramatic light; window shadow
dappled: dappled; dappled light; leaf shadow; leafy shadow; palm shadow; botanical shadow; shadow play; tree shade
"""
SEASONS = """
autumn: autumn; fall; autumnal; november; october; autumn leaf; autumn leave
"""
VIEWS = """
low: low angle; eye level; from below; hero shot
high: high angle; from above; bird eye
"""
_FIELDS = {
    "place": PLACES,
    "surface": SURFACES,
    "time": TIMES,
    "side": SIDES,
    "hardness": HARDNESS,
    "season": SEASONS,
    "view": VIEWS,
}


def _table() -> dict[str, tuple[Meaning, ...]]:
    """Every phrase with what it means."""
    table: dict[str, tuple[Meaning, ...]] = {}
    for field, text in _FIELDS.items():
        for line in text.strip().splitlines():
            value, phrases = line.split(": ")
            for phrase in phrases.split("; "):
                table[phrase] = (*table.get(phrase, ()), Meaning(field, value))
    return table


MEANINGS = _table()
