"""The words the studio knows, as data: for each field of the wish, its values and what people call them.

Every value is one that a set, a surface or a lamp acts on; a word that would change nothing has no place here.
Phrases are in the singular, since plurals are cut back while reading; a phrase may stand in several fields.
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
sweep: sweep; studio; seamless; infinity cove; cyclorama; minimal; minimalist; minimalistic; plain; solid; catalogue
sweep: catalog
sweep: e commerce; ecommerce; packshot; pack shot; simple; clean; solid colour; solid color; gradient
podium: podium; pedestal; plinth; platform; stage; display stand; geometric; geometry; exhibition; showcase; gallery
paper: paper set; paper cut; papercraft; origami; cut paper; layered paper; paper art; memphis; pop art
fabric: drapery; draped; drape; draped fabric; curtain; folds of fabric
flatlay: flat lay; flatlay; top view; top down; overhead; overhead shot; knolling; bird eye view; from straight above
night: neon; neon light; cyberpunk; nightclub; night club; neon sign; synthwave; nightlife; disco; party light
window: window; windowsill; window sill; window seat; bay window
room: living room; room; indoor; indoors; interior; home; apartment; bedroom; lounge; loft; dining room
kitchen: kitchen; countertop; kitchen counter; worktop; kitchen island; pantry; bakery; cooking; culinary; recipe
bathroom: bathroom; bath; spa; vanity; washbasin; sink; shower; skincare; wellness; sauna; hammam
desk: desk; office; workspace; workplace; home office; study; workstation; back to school; classroom; library
cafe: cafe; café; coffee shop; coffeehouse; bar; pub; bistro; restaurant; coffee bar; brasserie; diner
festive: christmas; xmas; festive; holiday; christmas tree; advent; yuletide; new year; celebration; noel; birthday
floor: hardwood floor; carpeted floor; hallway; entryway; playroom; nursery; kid room; gym; yoga studio
shelf: shelf; bookshelf; shelves; mantel; mantelpiece; ledge; wall shelf; sideboard; dresser; cabinet
garden: garden; park; backyard; lawn; outdoor; outdoors; outside; nature; greenery; picnic; orchard; flower bed; balcony
beach: beach; seaside; seashore; shore; coast; coastal; tropical beach; shoreline; caribbean; hawaii; mediterranean
snow: arctic; ski; ski slope; alpine winter; winter wonderland; north pole; ski resort; antarctica; lapland; ice field
forest: forest; wood floor of the forest; woodland; forest floor; grove; undergrowth; deep forest; camp; camping; hiking
jungle: jungle; rainforest; rain forest; tropical; tropics; exotic; amazon rainforest; palm grove; monstera
mountains: alps; alpine; alpine meadow; highland; himalaya; rocky mountain; summit; peak; cliff
lake: lake; pond; river; stream; creek; waterside; lakeside; riverbank; pool; swimming pool; spring water
city: urban; rooftop; downtown; metropolis; new york; tokyo; london; skyscraper
street: street; alley; market; sidewalk cafe; boulevard; old town; village; town square; shopping street
field: field; farm; farmland; countryside; country road; prairie; desert road; ranch; pasture
terrace: terrace; patio; veranda; porch; deck chair; jetty; pier; dock; boardwalk; poolside; rooftop terrace
"""
SURFACES = """
wood: wood; wooden; timber; plank; wooden plank; wooden board
oak: oak; oak wood; oaken
walnut: walnut; dark wood; mahogany; walnut wood; dark wooden; dark oak; ebony
pine: light wood; pine wood; light wooden; light oak; spruce; scandinavian; scandi; nordic
birch: birch; maple; ash wood; plywood; bamboo; beech; japandi; maple wood
teak: teak; cherry wood; acacia; rosewood; red wood; mid century
weathered: weathered; driftwood; rustic; reclaimed; barn; weathered wood; old wood; rustic wood; farmhouse
white: white wood; white wooden; whitewashed; painted wood; shabby chic
black: black wood; black wooden; charred wood; black oak
floorboards: wooden floor; wood floor; floorboard; hardwood; parquet; parquet floor; laminate
marble: marble; carrara; calacatta; white marble; quartz; marble top; marble slab
black marble: black marble; dark marble; nero marquina; obsidian; onyx
green marble: green marble; malachite; jade stone
travertine: travertine; sandstone; limestone; beige stone; terracotta tile
slate: slate; basalt; dark stone; lava stone; volcanic; black stone
granite: granite; grey granite
concrete: concrete; cement; industrial; brutalist; microcement; concrete block
stone: stone; rock; boulder; rocky; stone slab; stones slab; big rock
plaster: plaster; stucco; gypsum; limewash; ceramic
terrazzo: terrazzo; speckled
tiles: tile; tiled; ceramic tile; tile floor; bathroom tile; subway tile
mosaic: mosaic; moroccan tile; zellige
brick: brick; brick floor; red brick
mirror: mirror; mirrored; mirror surface; reflective surface; reflective; reflection; chrome
acrylic: acrylic; glossy; plexiglass; gloss; lacquer; lacquered; glass; glass table; shiny
steel: steel; metal; metallic; aluminium; aluminum; stainless steel; iron; zinc
brass: brass; gold plate; golden tray; copper plate; brass tray
wet: wet; wet floor; wet street; puddle; wet asphalt; rain soaked
linen: linen; burlap; canvas; tablecloth; linen cloth; boho; bohemian; jute; hemp; sackcloth
cotton: cotton; fabric; cloth; textile; bedsheet; bed sheet; bed; sheet; blanket; duvet; muslin; picnic blanket
denim: denim; jeans
velvet: velvet; velour; suede; velvet cushion
silk: silk; satin; silky; chiffon; satin fabric; silk fabric
rug: rug; carpet; fluffy rug; fur rug; shag; wool; woollen; sheepskin; faux fur
paper: paper; cardboard; kraft paper; craft paper; construction paper
sand: sand; sandy; dune; desert; sahara; sandbox; sandy ground
soil: dirt; soil; earth; mud; dusty; clay ground; muddy
track: dirt road; dirt path; gravel road; trail; dirt track; country lane; sandy road
gravel: gravel; pebble; pebble beach; shingle; zen garden; river stone; crushed stone
snow: snow; snowy; snowfall; fresh snow; snow covered; snowdrift; frosty
ice: ice; frozen; icy; frozen lake; glacier; ice rink; iceberg
grass: grass; grassy; meadow; turf; football pitch; golf; golf course; soccer field; mown grass
moss: moss; mossy; mossy rock; mossy stone; lichen; moss covered
leaves: fallen leaf; autumn leaf; fallen leave; autumn leave; dry leaf; dry leave; foliage floor; leaf litter
leaves: maple leaf
wheat: wheat; stubble; stubble field; barley; rye; cereal; hay; straw; corn
water: water; water surface; sea water; ripple; rippling; underwater; wave; water splash; splash; shallow water
milk: milk; milky; milk bath; yogurt; yoghurt; creamy liquid
cobbles: cobblestone; cobble; sidewalk; pavement; paving stone; paved; flagstone; paving
asphalt: asphalt; road; tarmac; parking lot; highway; skate park; runway; blacktop
deck: wooden deck; decking; wooden terrace; wooden pier; wooden dock; wooden jetty; wooden boardwalk
"""
SUPPORTS = """
table: table; tabletop; table top; dining table; coffee table; side table; bedside table; nightstand
podium: podium; pedestal; plinth; stand; column; cylinder podium
slab: slab; on a rock; boulder
board: board; cutting board; chopping board; tray; serving board; crate; wooden box; bench
ground: ground; on the ground; lying on; directly on the ground
afloat: floating; afloat; float; swimming; drifting
"""
TIMES = """
morning: morning; sunrise; dawn; breakfast; morning light; early morning; morning sun; first light
noon: noon; midday; lunch; high noon; bright day
afternoon: afternoon; daylight; daytime; day; natural light; afternoon light; afternoon sun
golden: golden hour; sunset; evening; golden light; late afternoon; evening light; evening sun; low sun; dinner
dusk: dusk; twilight; blue hour; nightfall; after sunset
night: night; midnight; nighttime; moonlight; moonlit; starry; at night; night sky
"""
WEATHER = """
clear: sunny; clear sky; blue sky; cloudless; sunlight; sunlit; sunshine; sun; sun drenched; summer; summery; sunbeam
cloudy: cloudy; cloud; clouds; partly cloudy; cloudscape; dramatic sky
overcast: overcast; grey sky; gray sky; dull day; grey day
foggy: fog; foggy; mist; misty; haze; hazy; morning mist; smoke; smoky
rainy: rain; rainy; drizzle; after rain; storm; stormy; thunderstorm
"""
SIDES = """
left: from left; left light; light from left; lit from left; left side light; light from the left; from the left
left: left lit
right: from right; right light; light from right; lit from right; light from the right; from the right; right lit; right
back: backlight; backlit; back light; rim light; rim lit; back lighting; contre jour; light from behind; backlighting
front: front light; frontal light; front lit; flat light; ring light; beauty dish; flash
"""
HARDNESS = """
soft: soft; soft light; diffused; diffuse; diffuse light; gentle; even light; softbox; soft shadow; soft lighting
soft: subtle
hard: hard light; hard; harsh; direct sunlight; strong shadow; hard shadow; crisp shadow; window shadow; direct sun
hard: long shadow; deep shadow; high contrast; spotlight; hard lighting; strong light; geometric shadow; window light
dappled: dappled; dappled light; leaf shadow; leafy shadow; palm shadow; palm leaf shadow; botanical shadow
dappled: plant shadow
dappled: shadow play; tree shade; shade of tree; shadow of leaves; leaves shadow; filtered light; dappled sunlight
dappled: shade
"""
SEASONS = """
autumn: autumn; fall; autumnal; november; october; autumn leaf; autumn leave; thanksgiving; halloween; harvest
autumn: september
winter: winter; wintry; january; december; february; cold season; snow; snowy
spring: spring; springtime; easter; april; may; blossoming; cherry blossom; sakura; blossom
"""
VIEWS = """
low: low angle; eye level; from below; hero shot; worm eye; low camera; straight on; frontal view; side view; front view
high: high angle; from above; slightly above; three quarter view; high camera; looking down; bird eye; 45 degree; angled
"""
LENSES = """
shallow: bokeh; shallow depth of field; blurred background; blurry background; out of focus; macro; close up; closeup
shallow: portrait lens; blurred; creamy bokeh; shallow focus; defocused; soft focus; telephoto; blurry; depth of field
scenic: in background; in the background; in the distance; in the far background; on the horizon
deep: deep focus; sharp background; wide angle; everything in focus; f16; crisp background; in focus; sharp focus
"""
SPACES = """
left: copy space left; copy space on the left; space on the left; room for text left; empty left; negative space left
right: copy space right; copy space on the right; space on the right; room for text right; empty right
right: copy space; negative space; room for text; text space; space for text
"""
MOODS = """
dark: dark; moody; gloomy; shadowy; low key; noir; mysterious; dark mood; sombre; gothic; dim; dimly lit; spooky
dark: dramatic
bright: bright; airy; high key; light filled; luminous; radiant; light and airy; well lit; brightly lit; shining
warm: warm; cosy; cozy; homely; warm light; inviting; candlelit; hygge; warm tone; comforting; amber light; warmth
cool: cool; cold; chilly; fresh; refreshing; icy light; cool light; cool tone; clinical; crisp air; cooling; frost
vivid: vibrant; colourful; colorful; vivid; bold; playful; fun; lively; saturated; energetic; cheerful; joyful
vivid: bright colour
muted: muted; pastel; pale; desaturated; earthy; neutral; neutral tone; subdued; understated; calm; serene; tranquil
muted: zen
vintage: vintage; retro; nostalgic; film; analog; analogue; old fashioned; antique; 70s; 60s; 80s; 90s; sepia; kodak
luxury: luxury; luxurious; elegant; premium; opulent; sophisticated; glamorous; high end; chic; exclusive; stylish
luxury: classy
dreamy: dreamy; ethereal; romantic; delicate; whimsical; magical; heavenly; fairy tale; enchanting; soft glow; fairytale
crisp: modern; contemporary; sleek; professional; crisp; editorial; commercial; sharp; tech; technology; futuristic
"""
PROPS = """
plant: plant; potted plant; houseplant; green plant; fern; ficus; herb; basil; mint leaf; botanical; organic; leafy; eco
pebbles: pebble stone; spa stone; hot stone; smooth stone; river pebble; zen stone
vase: vase; eucalyptus; twig; branch; olive branch; greenery branch; branches
flowers: flower; bouquet; floral; rose; tulip; peony; daisy; lavender flower; wildflower; mother day; wedding; bridal
sunflowers: sunflower; sunflower around it
pampas: pampas; pampas grass; dried flower; dried grass; dry grass; dried plant; reed; feather grass; bunny tail
candle: candle; candlelight; tealight; candelabra; lantern; burning candle; lit candle
books: book; stack of book; novel; magazine; reading; literature; stacked book
notebook: notebook; pen; journal; planner; stationery; notepad; diary; sketchbook; pencil
cup: cup; mug; coffee; tea; espresso; cappuccino; latte; coffee cup; tea cup; cup of coffee; cup of tea; teacup; saucer
bowl: bowl; dish; ceramic bowl; crockery; tableware; pottery; plate
lemons: lemon; citrus; lemon slice; lime; yellow fruit
oranges: orange fruit; mandarin; clementine; fruit; grapefruit; oranges
bottle: bottle; dispenser; soap bottle; serum bottle; cosmetic bottle; glass bottle; cosmetic
towel: towel; bath towel; rolled towel; folded towel; towelling; bathrobe
spheres: sphere; ball; orb; round shape; globe; pearl; bubble
blocks: block; cube; cylinder; geometric shape; geometric form; geometrical; abstract shape; box shape
arch: arch; archway; arched; portal; alcove; arc
gifts: gift; present; gift box; wrapped gift; ribbon; wrapping; valentine; gift wrapped; birthday gift
baubles: bauble; ornament; christmas ornament; christmas ball; decoration; tinsel; christmas decoration; garland
leaves: leaf; leave; scattered leaf; scattered leave; falling leave; falling leaf
petals: petal; rose petal; scattered petal; flower petal; confetti; falling petal
"""
ACCENTS = """
light: light; lighting; lit; light beam; glow; glowing
shadow: shadow; shade; shadowed
background: background; backdrop; wall
ground: surface; ground; floor; countertop surface
colour: colour; color; coloured; colored; colourway; tone
"""
BACKGROUNDS = """
mountains: mountain; mountain range; mountainous; mountain view; mountain landscape; volcano; fuji
hills: hill; rolling hill; vineyard; tuscany; valley; landscape; horizon; savanna; savannah
trees: tree; treeline; park tree; oak tree; apple tree; birch tree; green tree; tree line
hedge: hedge; bush; shrub; shrubbery; garden hedge; ivy; green bush; green foliage; foliage
woods: wood behind; tree trunk; redwood; pine forest; birch forest; trunk
pines: fir; fir tree; pine tree; pine; conifer; spruce tree; evergreen
city: tower; city; skyline; cityscape; city light; city skyline; building; city street; manhattan; architecture
street: facade; shop front; storefront; traffic; house front
crowd: crowd; crowded; people; passer by; busy; pedestrian; shopper; tourist
tower: eiffel tower; paris; parisian; france
house: house; cottage; villa; mansion; country house; cabin; chalet; barn house; farmhouse building
wheat: wheat field; cornfield; corn field; barley field; grain field; golden field; harvest field
sunflowers: sunflower; sunflower field; sunflower around it
sea: sea; ocean; sea view; seascape; ocean view; blue sea; bay; lagoon; marine; nautical; oceanic
lake: mountain lake; lake view; fjord; reservoir
bokeh: fairy light; string light; light bokeh; city bokeh; glitter; sparkle; sparkling; twinkling; light chain; firework
"""
WEAK = """
sweep: background; backdrop; wall; coloured background; colored background
"""
NOTHING = """
on background; as background; photography of; in a photo of
"""
_FIELDS = {
    "place": PLACES,
    "surface": SURFACES,
    "support": SUPPORTS,
    "time": TIMES,
    "weather": WEATHER,
    "side": SIDES,
    "hardness": HARDNESS,
    "season": SEASONS,
    "view": VIEWS,
    "lens": LENSES,
    "space": SPACES,
    "mood": MOODS,
    "props": PROPS,
    "accents": ACCENTS,
    "background": BACKGROUNDS,
    "weak": WEAK,
}


def _table() -> dict[str, tuple[Meaning, ...]]:
    """Every phrase with what it means."""
    table: dict[str, tuple[Meaning, ...]] = dict.fromkeys(NOTHING.strip().split("; "), ())
    for field, text in _FIELDS.items():
        for line in text.strip().splitlines():
            value, phrases = line.split(": ")
            for phrase in phrases.split("; "):
                table[phrase] = (*table.get(phrase, ()), Meaning(field, value))
    return table


MEANINGS = _table()
