"""Words for light, time, weather, style and camera. `value: phrase; phrase`, in the singular."""

TIMES = """
morning: morning; sunrise; dawn; breakfast; early morning; first light; brunch; daybreak
noon: noon; midday; lunch; high noon; lunchtime
afternoon: blue sky; clear sky; clear blue sky; sunny sky
afternoon: afternoon; daylight; daytime; day; natural; tea time; natural light
golden: golden hour; sunset; evening; golden light; late afternoon; low sun; dinner; magic hour; setting sun; late sun
golden: sundown; early evening; sunset light; warm sun
dusk: dusk; twilight; blue hour; nightfall; after sunset; gloaming
night: night; midnight; nighttime; moonlight; moonlit; starry; at night; night sky; late night; after dark; starlight
"""
WEATHER = """
clear: sunny; clear sky; cloudless; sunlight; sunlit; sunshine; sun; sun drenched; summer; summery; sunbeam; sun kissed
clear: bright sun; blazing; heat; hot day; scorching; sunray; ray of sun; sun ray; blue sky
cloudy: cloudy; partly cloudy; dramatic sky; broken cloud; windy; breeze; breezy; clouds; cloud
overcast: overcast; grey sky; dull day; grey day; dull; diffuse sky; overcast light
foggy: fog; foggy; mist; misty; haze; hazy; smoke; smoky; steam; steamy; smog; vapour; soft haze; vape; dusty
rainy: rain; rainy; drizzle; after rain; storm; stormy; thunderstorm; rainy day; shower of rain; monsoon; raining
snowy: snowfall; snowing; blizzard; falling snow; snow falling; snowflake; flurry; snowstorm
"""
SIDES = """
left: from left; left light; lit from left; left side light; left lit; from the left; window left; light on the left
right: from right; right light; lit from right; right lit; from the right; window right; light on the right
back: backlight; backlit; back light; rim light; rim lit; back lighting; contre jour; light from behind; backlighting
back: halo light; rim; silhouette; translucent; glow from behind; lit from behind; rim lighting
front: front light; frontal light; front lit; flat light; ring light; beauty dish; flash; direct flash; front lighting
side: side lighting; side light; sidelit; side lit; raking light; low side light
top: top light; overhead light; lit from above; light from above; top lighting; skylight
"""
HARDNESS = """
candle: ember; embers; torchlight; lamp glow; bonfire; candlelight; candlelit; candle lit; by candlelight; firelight
candle: fireside; candle light; light of a candle; light of candle; lamplight; flickering; campfire; lantern light
soft: studio; photo studio; catalogue; packshot; soft; diffused; diffuse; gentle; even light; softbox; soft shadow
soft: studio lighting; studio light; soft lighting; softly lit; soft light; diffuse light; evenly lit; shadowless
soft: even lighting; octabox; umbrella light; large softbox; feathered light
hard: hard light; hard; harsh; direct sunlight; hard shadow; crisp shadow; window shadow; direct sun; hard lighting
hard: strong light; geometric shadow; window light; strong; harsh shadow; sharp shadow; bright sunlight; venetian blind
hard: blind; strong shadow; hard sunlight; strong sunlight; deep shadow; direct light; crisp light
long: long shadow; raking shadow; stretched shadow; low light; shadow falling
spot: spotlight; dramatic spotlight; spot light; spot; stage light; pool of light; single light; beam; light beam
spot: snoot
dappled: dappled; leaf shadow; leafy shadow; palm shadow; palm leaf shadow; botanical shadow; dappled sunlight
dappled: plant shadow; shadow play; tree shade; shade of tree; shadow of leaf; filtered light; shade; palm tree shadow
dappled: leafy; tree shadow; gobo; dappled light; shadow of plant; branch shadow
"""
SEASONS = """
autumn: autumn; autumnal; november; october; autumn leaf; autumn leave; thanksgiving; halloween; harvest; fall season
autumn: september; fall leaf; fall leave; fall colour; autumn foliage; in fall; indian summer; fall foliage
winter: winter; wintry; january; december; february; cold season; snow; snowy; christmas; wintertime; frosty
spring: spring; springtime; easter; april; may; blossoming; cherry blossom; sakura; blossom; mother day
summer: summer; summery; june; july; august; midsummer; summertime; holiday in the sun; tropical; vacation
"""
VIEWS = """
low: low angle; from below; worm eye; low camera; towering; monumental; ground level; low perspective
level: eye level; straight on; frontal view; side view; front view; profile; frontal; head on; table level; front on
high: high angle; from above; slightly above; three quarter view; high camera; looking down; bird eye; 45 degree
high: angled; overlooking; isometric; three quarter; high perspective; elevated
"""
LENSES = """
shallow: bokeh; shallow depth of field; blurred background; blurry background; out of focus; macro; shallow dof
shallow: portrait lens; blurred; creamy bokeh; shallow focus; defocused; soft focus; telephoto; blurry; close up
shallow: closeup; 85mm; f1 8; blur; tilt shift; background blurred; blurred behind; unfocused
scenic: in background; in the background; in the distance; in the far background; on the horizon; in backdrop; beyond
scenic: overlooking; view over; visible behind; distant
deep: deep focus; sharp background; everything in focus; f16; crisp background; in focus; sharp focus; everything sharp
deep: fully sharp; tack sharp; wide angle; large depth of field; focus stacked; all in focus; pin sharp; detailed
"""
FRAMINGS = """
close: close up; closeup; macro; tight crop; tight; detail shot; large in frame; fills the frame; extreme close up
close: close crop; full frame; zoomed in; near; big in frame; hero shot; hero; star of the picture
wide: wide angle; wide shot; wide; small in frame; wide view; establishing shot; panoramic; full scene; zoomed out
wide: long shot; from afar; distance shot
"""
_FREE = "space; negative space; empty space; blank space; white space; room; empty; blank; free space; open space"
_FOR_TEXT = (
    "copy space; room for text; text space; space for text; copyspace; copy area; space for copy; text; headline; "
    "room for copy; room for a headline; headline space; area for text; space for a headline; space for a logo"
)
_BETWEEN = ("", "on ", "on the ", "at the ", "to the ", "at ", "to ", "in the ")


def _sided(names: str) -> str:
    """The phrases that name a side: "copy space", "on the", "left", "side"."""
    lines = []
    for side in ("left", "right"):
        phrases = [
            f"{name} {between}{side}{end}"
            for name in names.split("; ")
            for between in _BETWEEN
            for end in ("", " side")
        ]
        phrases += [f"{side} {name}" for name in names.split("; ")]
        lines.append(f"{side}: {'; '.join(phrases)}")
    return "\n".join(lines) + "\n"


SPACES = f"""
side: {_FOR_TEXT.replace("; copy;", ";").replace("text; headline; ", "")}; text overlay; landing page; headline; ad copy
left: product on the right; product right; on the right third; right third; placed right; positioned right
right: product on the left; product left; on the left third; left third; placed left; positioned left
top: space above; empty space above; headroom; room above; space at the top; copy space above; copy space at the top
top: negative space above; room at the top; text above; copy space on top; negative space on top; headline above
around: negative space; empty space; breathing room; white space; generous margin; spacious; airy space; open space
around: uncluttered; plenty of space; room to breathe; space around; space
{_sided(_FREE + "; " + _FOR_TEXT)}"""
COPY = f"""
copy: {_FOR_TEXT}; text above; copy space above; copy space at the top; copy space on top; headline above
{_sided(_FOR_TEXT).replace("left: ", "copy: ").replace("right: ", "copy: ")}"""
BALANCES = """
centred: centred; in the centre; in the middle; centre; centrally; centre frame; dead centre; middle; central; centring
centred: product in the centre; in the center of the frame; centred composition
off centre: off centre; rule of third; asymmetrical; asymmetric; golden ratio; off center; offset; to one side; third
off centre: off balance; dynamic composition; asymmetry; banner; header; billboard; web banner
symmetrical: symmetrical; symmetric; symmetry; balanced; mirrored composition; symmetrical composition; wes anderson
"""
MOODS = """
fresh: morning routine; energising; energizing; breezy; airy fresh; spring clean; laundry fresh; crisp linen; aquatic
fresh: ocean fresh; fresh; freshness; clean; hygienic; pure; purity; dewy; invigorating; crisp morning; healthy; health
fresh: vegan; vitamin; organic; natural look; eco friendly; wholesome; sustainable; vitality; minty; zesty
fresh: revitalising; detox
calm: cosy evening; night routine; evening routine; routine; sleepy; sleep; dreamy calm; meditation; gentle; breath
calm: slow; calm; serene; tranquil; peaceful; relaxing; meditative; quiet; soothing; relax; relaxation; mindful
calm: stillness; restful; lullaby; bedtime; gentle mood; harmonious; harmony; slow living; laid back; relaxed; silence
crisp: perfect; high quality; flawless; ultra sharp; clinical clean; medical; pharmacy; clinic; dental; dentist
crisp: hospital; laboratory; lab; modern; contemporary; sleek; professional; crisp; editorial; commercial; sharp; tech
crisp: technology; hd; pristine; high tech; advertising; precise; smart; business; magazine quality; hyper realistic
crisp: 4k; 8k; high resolution; ultra; precision; engineering; clean line; sporty look; serious; corporate
crisp: photorealistic; realistic; trendy; gadget
vivid: cute; adorable; sweet mood; summery mood; funky; quirky; fresh colour; zingy; upbeat; jolly; vibrant; colourful
vivid: vivid; bold; playful; fun; lively; saturated; energetic; cheerful; joyful; bright colour; happy; summer vibe
vivid: tropical vibe; rainbow; multicoloured; punchy; eye catching; pop; celebration; party; celebratory; youthful; joy
vivid: birthday; carnival; fiesta; exciting; electric; rgb; sporty; active
dramatic: stunning; gorgeous; breathtaking; spectacular; majestic; mighty; powerful mood; explosive; explosion
dramatic: dramatic; high contrast; powerful; intense; epic; cinematic; striking; contrasty; strong contrast; theatrical
dramatic: chiaroscuro; impactful; heroic; bold light; edgy; movie
dreamy: beautiful; pretty; wonderful; charming; graceful; dreamy; ethereal; romantic; delicate; whimsical; magical
dreamy: heavenly; fairy tale; enchanting; soft glow; fairytale; romance; valentine; love; mystical; poetic; magic
dreamy: fantasy; feminine; enchanted; surreal; dream; wedding; bridal; angelic; cloudy soft; soft focus; lovely
dreamy: anniversary
dark: dark; moody; gloomy; shadowy; low key; noir; mysterious; sombre; gothic; dim; dimly lit; spooky; brooding
dark: mystery; ominous; black background; sinister; haunted; eerie; somber; film noir
bright: bright; airy; high key; light filled; luminous; radiant; light and airy; well lit; brightly lit; shining
bright: vivid light; brilliant; bright and airy; clean light; lightness; glowing skin; optimistic; sun drenched
warm: warm; cosy; homely; warm light; inviting; hygge; comforting; amber light; warmth; warm tone; snug; comfortable
warm: candlelit; welcoming; friendly; homemade; soft warm; blazing; toasty; warming; heartwarming
cool: cool; cold; chilly; refreshing; icy light; cool light; cool tone; clinical; crisp air; cooling; frost; frosty
cool: aqua fresh; nordic coast; wintry; frigid; blue tone; sterile; thirst; chilled; arctic
pastel: pastel; pastel colour; soft pastel; pastel tone; pastel shade; candy colour; pastel hue
muted: muted; pale; desaturated; earthy; neutral; neutral tone; subdued; understated; soft tone; earth tone
muted: dusty; faded; nude tone; tonal; monochrome; monochromatic; muted tone; low saturation
vintage: vintage; retro; nostalgic; film; analog; analogue; old fashioned; antique; 70s; 60s; 80s; 90s; sepia; kodak
vintage: 50s; 1950s; 1960s; 1970s; nostalgia; heritage; old time; polaroid; film look; grainy; vintage film
vintage: traditional
luxury: luxury; luxurious; elegant; premium; opulent; sophisticated; glamorous; high end; chic; exclusive; stylish
luxury: classy; refined; elegance; upscale; deluxe; prestige; couture; jewellery; glamour; timeless; royal; sensual
futuristic: futuristic; sci fi; futurism; space age; holographic; iridescent; y2k; techno; spaceship; cyber; digital
"""
STYLES = """
japanese: temple; pagoda; bonsai; origami style; samurai; shibui; ikebana; tatami; futon; kimono; sake; japanese
japanese: japandi; wabi sabi; zen; tea ceremony; kyoto; shinto; japan; asian; ceremony; oriental; ryokan
scandinavian: scandinavian; scandi; nordic; hygge; danish; swedish; norwegian; finnish; ikea; minimal nordic
industrial: industrial; factory; brutalist; warehouse; steampunk; mechanical; gritty; urban loft
industrial: loft
boho: boho; bohemian; macrame; free spirited; gypsy; ibiza; hippie; festival; boho chic; moroccan; ethnic; eclectic
farmhouse: farmhouse; country; cottage; cottagecore; shabby chic; rustic kitchen; rural; country style; provencal; barn
farmhouse: homestead; country kitchen; provence; grandma; artisan; handmade; craft; handcrafted; artisanal
mediterranean: mediterranean; greek; santorini; tuscan; italian; tuscany; amalfi; spanish; sicilian; andalusian; capri
art deco: art deco; gatsby; roaring twenties; art nouveau; hollywood; 1920s; vegas; glam; old hollywood
mid century: mid century; mid century modern; 60s; 70s; atomic; mad men; eames; bauhaus; danish modern; retro modern
coastal: coastal; nautical; marine; hamptons; seaside style; beachy; sailor; maritime; surf; nordic coast; coast
minimal: minimal; minimalist; minimalistic; minimalism; plain; simple; clean; bare; uncluttered; pared back; simplicity
minimal: less is more; clean background; plain background; solid; simplistic; basic; sleek minimal
memphis: memphis; pop art; pop; 80s; maximalist; maximalism; graphic; comic; colour block; colour blocking; abstract
rustic: rustic; outdoorsy; rugged; adventure; outdoor gear; hunting; lumberjack; cowboy; western; explorer; survival
rustic: wild; oldworld; primitive; alpine chalet; woodsy; camping style; bushcraft; log; vintage rustic; harvest
gothic: gothic; halloween; witchy; witch; occult; vampire; spooky; horror; haunted; dark academia; victorian; dracula
festive: festive; christmas; xmas; holiday; new year; santa; celebratory table; advent; gift giving; noel; party
cyberpunk: cyberpunk; neon; synthwave; vaporwave; rgb; gaming; gamer; blade runner; esport; led; laser; tron
cyberpunk: neon light
tropical: tropical; exotic; hawaiian; caribbean; jungle; polynesian; tiki; bali; paradise; brazilian; cuban; aloha
academia: academia; scholarly; literary; library; old library; study; professor; antique library; academic
spa: spa; wellness; sauna; massage; aromatherapy; therapy; self care; facial; hammam; treatment; retreat; onsen
"""
FINISHES = """
rough: fluffy; woolly; furry; shaggy; fuzzy; woven; knitted; ribbed; embossed; rough; coarse; textured; rugged; uneven
rough: grainy; cracked; gritty; craggy; jagged; pitted; texture; rocky; bumpy; crumpled; wrinkled; crinkled; rumpled
rough: raw edge; organic texture
polished: polished; glossy; shiny; gloss; high gloss; lacquered; varnished; glazed; shining; gleaming; waxed
polished: mirror polished; smooth; lustrous; satin finish; reflective; buffed; slick; wet look
matte: matte; matt; raw; honed; unglazed; flat finish; chalky; unpolished; powdery; dull finish; unfinished; untreated
matte: natural finish; dry; satin matte; powder coated
weathered: weathered; aged; worn; old; distressed; reclaimed; rustic; patinated; rusty; cracked; ancient; scratched
weathered: battered; patina; time worn; rough hewn; rusted; oxidised; peeling; stained
wet: wet; damp; soaked; rain soaked; moist; dripping; glistening; dewy; splashed; soggy; drenched; waterlogged
dark: dark; deep; blackened; dark toned; smoked; charred; burnt; ebonised; darkened; dark stained
pale: pale; light; bleached; light coloured; white washed; blonde; lightened; faded; whitened; ashen; limed; chalk
"""
DRESSINGS = """
none: seamless; catalogue; packshot; pack shot; e commerce; ecommerce; marketplace; catalogue photo; no prop
none: without prop; bare; empty; nothing else; plain; solid; uncluttered; only the product; no decoration; minimal
none: minimalist; minimalistic; minimalism; simple; clean; nothing around; stripped back; isolated; alone; on its own
none: no clutter; blank; simplicity; standalone; single product
rich: scene; setting; set up; setup; arrangement; styled; still life; decorated; table setting; lifestyle; composition
rich: vignette; display; styling; decor; decoration; well dressed; staged; tableau; mood board; maximalist; party
rich: ceremony; display set; festival; themed; collection; assorted; hamper; gift set; photo set; set dressing
rich: set design; still
"""
ACCENTS = """
light: light; lighting; lit; glow; glowing; illumination; illuminated; lightplay; shine
beams: sunbeam; sunray; sun ray; ray of sun; light ray; ray of light; god ray; shaft of light; light shaft; shaft of sun
beams: light beam; beam of light; volumetric light; crepuscular ray; sun shaft; rays
shadow: shadow; shade; shadowed; contact shadow; shadow on the wall; shadow detail
background: background; backdrop; wall behind
ground: surface; ground; countertop surface; underlay
colour: colour; coloured; colourway; palette; colour scheme; accent; colour pop; hue; tint; tinted
"""
EMPHASIS = """
mood: mood; look; style; feel; vibe; atmosphere; ambience; aesthetic; theme; feeling; tone; inspired; energy; spirit
mood: concept; character; impression; ambiance; flair; themed; appeal; effect; looking; tonality
"""
GRADIENTS = """
gradient: gradient; ombre; fade; colour gradient; fading; gradual; two tone; duotone; blend; gradient light
gradient: colour fade
"""
SCALES = """
large: large; big; oversized; giant; huge; massive; grand; wide leaf; enormous; oversize
small: small; tiny; little; mini; miniature; petite; dainty
"""
AMOUNTS = """
many: nestled; amidst; amid; overgrown; packed; crammed; lush; dense; flowing; cascading; spilling; layered; wrapped
many: bed of; on a bed of; carpet of; layer of; sea of
many: covered in; surrounded; scattered; strewn; sprinkled; lots; many; abundance; plenty; full of; covered; piles
many: bunch; spilled; surrounded by; overflowing; various; several; loads; multiple; abundant; bouquet of; everywhere
many: loose; mixed; scatter; sprinkling; dusted; heaped; tumbling; scattering; spread out; falling; bursting
many: assortment; sprinkle
"""
NUMBERS = """
1: single; 1; lone; solitary
2: two; 2; pair; couple; twin; double; both; duo
3: three; 3; trio; triple
4: four; 4
5: five; 5; stack; stacked; pile; heap; row
6: six; 6; half dozen
7: seven; 7
8: eight; 8
9: nine; 9
10: ten; 10
12: twelve; 12; dozen; eleven
"""
NEGATIONS = """
no: no; without; not; zero; free of; nothing of; never; avoid; minus; sans; excluding; no visible; devoid of; lacking
no: isn
"""
