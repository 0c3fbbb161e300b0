"""Words for places and what they are made of. `value: phrase; phrase`, in the singular."""

PLACES = """
beach: hammock; deckchair; parasol; sun lounger; resort; sandcastle; beach; seaside; seashore; shore; coast; coastal
beach: tropical beach; shoreline; caribbean; hawaii; mediterranean; island; cove; maldives; coastline; surf; surfing
beach: riviera; beach towel
shelf: shop; store; boutique; pharmacy; wardrobe; closet; retail; display case; supermarket; showroom; barber shop
shelf: shelf; bookshelf; shelves; mantel; mantelpiece; ledge; wall shelf; sideboard; dresser; cabinet; bookcase; rack
shelf: shop shelf; floating shelf; floating wooden shelf
forest: tent; campfire; camper; backcountry; glade; clearing; forest; woodland; forest floor; grove; undergrowth
forest: deep forest; camp; camping; hiking; woods; wilderness; bushcraft; pine forest
terrace: balcony; terrace; patio; veranda; porch; deck chair; boardwalk; rooftop terrace; pergola; courtyard
terrace: riad; atrium; cloister; marina; rooftop; rooftop bar; roof garden
sweep: sweep; studio; photo studio; seamless; infinity cove; cyclorama; catalogue; e commerce; ecommerce; packshot
sweep: pack shot; product shot; white room; backdrop paper; marketplace; amazon style; studio shot
podium: podium; pedestal; plinth; platform; stage; display stand; geometric; geometry; exhibition; showcase; gallery
podium: museum; riser; award; pillar
paper: paper set; paper cut; papercraft; origami; cut paper; layered paper; paper art; memphis; pop art; paper layer
paper: 3d render; 3d render style; abstract
fabric: drapery; drape; folds of fabric; fold; draped; draping; swathe
flatlay: flat lay; flatlay; top view; top down; overhead; knolling; bird eye view; from straight above; topdown
flatlay: overhead shot; view from above; aerial view
night: neon; cyberpunk; nightclub; night club; synthwave; nightlife; disco; dance floor; arcade; club; vaporwave
night: party light; rave; concert; gaming
window: window; windowsill; window sill; window seat; bay window; window ledge; sill
room: room; indoor; indoors; interior; home; apartment; bedroom; lounge; loft; dining room; house interior; hotel
room: hotel room; salon; sitting room; lobby; parlour; den; study room; conservatory; studio apartment; living room
room: family room; bedside; bedside table; nightstand; coffee table; side table; dining table; end table; console table
kitchen: kitchen; countertop; worktop; kitchen island; pantry; bakery; cooking; culinary; recipe; larder; stove; chef
kitchen: kitchen counter; kitchen table; farmhouse table; breakfast table; baking; butcher; deli; kitchenette
kitchen: food styling
bathroom: bathroom; bath; spa; vanity; washbasin; sink; shower; wellness; sauna; hammam; bathtub; tub; basin; self care
bathroom: powder room; washroom; skincare; skin care; beauty; dressing table; salon chair; haircare; hair care
desk: desk; office; workspace; workplace; home office; study; workstation; back to school; classroom; library; school
desk: workshop; workbench; atelier; craft room; potting bench; laboratory; lab; garage; bench top; desktop
cafe: cafe; café; coffee shop; coffeehouse; bar; pub; bistro; restaurant; coffee bar; brasserie; diner; tavern; brewery
cafe: bar counter; bartop; bar top; bar table
cafe: barista; cocktail bar; wine bar; tea room; wine cellar; cellar; airport; airport lounge; patisserie
festive: christmas; xmas; festive; holiday; christmas tree; advent; yuletide; new year; noel; christmassy; santa
festive: hanukkah; nativity
floor: floor; hardwood floor; carpeted floor; hallway; entryway; playroom; nursery; kid room; gym; yoga studio
floor: corridor; child room; fitness; fitness studio; dance studio; changing room; wardrobe; closet; foyer; locker room
garden: garden; park; backyard; lawn; outdoor; outdoors; nature; picnic; orchard; flower bed; yard; greenhouse
garden: picnic table; garden table; patio table
garden: allotment; glasshouse; flower garden; herb garden; campsite; vineyard; winery
desert: desert; sahara; dune; sand dune; desert dune; arid; wild west; western; canyon; badlands; mojave; arizona
snow: arctic; ski; ski slope; winter wonderland; north pole; ski resort; antarctica; lapland; ice field; polar; iceland
snow: snowy mountain; snowboard
jungle: jungle; rainforest; rain forest; tropical; tropics; exotic; amazon rainforest; palm grove; bali
jungle: tropical forest
mountains: alps; alpine; alpine meadow; highland; himalaya; rocky mountain; summit; peak; cliff; mountain top
mountains: mountainside
lake: lake; pond; river; stream; creek; waterside; lakeside; riverbank; spring water; brook
lake: jetty; pier; dock; wooden pier; wooden dock; wooden jetty; wooden bridge; landing stage; fishing pier
lake: mountain stream; riverside; waterfall; lagoon
pool: pool; swimming pool; poolside; pool side; by the pool; infinity pool; pool deck; pool party; pool edge; lido
clouds: on a cloud; on cloud; on top of a cloud; among cloud; among the cloud; in the cloud; above the cloud
clouds: cloud nine; sea of cloud; sea of fog; fluffy cloud; soft cloud; dreamy cloud; pastel cloud; cotton cloud
clouds: floating in the cloud; floating in cloud; floating among cloud; floating above the cloud; pillow of cloud
clouds: heavenly; cloud podium; cloud platform; bed of cloud; cotton candy cloud; cloudscape
city: urban; downtown; metropolis; new york; tokyo; london; skyscraper; inner city
street: street; alley; market; sidewalk cafe; boulevard; old town; village; town square; shopping street; alleyway
street: plaza; piazza; marketplace stall; skate park; car park; farmers market; market stall; fruit stall
street: flower stall; farmers market stall; market stand; farmers market stand
field: savannah; savanna; safari; serengeti; bushland; steppe
field: field; farm; farmland; countryside; country road; prairie; ranch; pasture; plantation; cornfield
"""
SURFACES = """
wood: wood; wooden; timber; plank; wooden plank; wooden board; lumber; table wood
oak: oak; oak wood; oaken; oak barrel top; honey wood
walnut: walnut; mahogany; walnut wood; dark oak; ebony; wenge; dark walnut
pine: pine wood; light oak; spruce; larch; cedar; blonde wood; pinewood
birch: birch; maple; ash wood; plywood; beech; maple wood; beechwood; bamboo board; bamboo tray
teak: teak; cherry wood; rosewood; red wood; cedar wood; acacia wood
weathered: driftwood plank; reclaimed wood; barn wood; old wood; rustic wood; pallet; weathered wood; distressed wood
white: white wood; white wooden; whitewashed; painted wood; shabby chic; whitewashed wood; whitewash
black: black wood; black wooden; charred wood; black oak; burnt wood
floorboards: wooden floor; wood floor; floorboard; hardwood; parquet; parquet floor; laminate; herringbone
marble: marble; carrara; calacatta; white marble; quartz; marble top; marble slab; marble surface; alabaster; quartzite
black marble: black marble; dark marble; nero marquina; obsidian; onyx
green marble: green marble; malachite; jade stone
travertine: travertine; sandstone; limestone; beige stone; terracotta tile; clay tile
slate: slate; basalt; dark stone; lava stone; volcanic; black stone; lava; volcanic rock; slate board
granite: granite; grey granite; grey stone
concrete: concrete; cement; microcement; concrete slab; concrete surface; terrazzo concrete
stone: stone; rock; boulder; stone slab; stones slab; big rock; mineral; cobalt stone; flat stone
plaster: plaster; stucco; gypsum; limewash; ceramic; porcelain; clay surface
terrazzo: terrazzo; speckled; speckled stone; granito
tiles: tile; tiled; ceramic tile; tile floor; bathroom tile; subway tile; kitchen tile; chequered floor
mosaic: mosaic; moroccan tile; zellige; pool tile
brick: brick; brick floor; red brick; brickwork
mirror: round mirror tray; mirror tray; mirrored tray; mirror plate; round mirror plate
mirror: mirror; mirrored; mirror surface; reflective surface; reflection; chrome; mirror tray; looking glass
acrylic: acrylic; plexiglass; lacquer; glass; glass table; perspex; resin; plastic; enamel; glass surface; vinyl
steel: steel; metal; metallic; aluminium; stainless steel; iron; zinc; silver tray; brushed metal; metal sheet
steel: tin plate
brass: brass; gold plate; golden tray; copper plate; brass tray; gold tray; bronze plate; copper; gold foil
wet: neon reflection; light reflection; street reflection; rain reflection; city reflection; wet reflection; neon street
wet: wet floor; wet street; puddle; rain soaked; wet ground; wet pavement
linen: linen; burlap; canvas; tablecloth; linen cloth; jute; hemp; sackcloth; hessian; table runner; placemat; runner
linen: tweed; raffia; tatami; woven mat; straw mat; rattan; mat; yoga mat surface
cotton: cotton; fabric; cloth; textile; bedsheet; bed sheet; bed; sheet; blanket; duvet; muslin; picnic blanket; quilt
cotton: bedding; gingham; throw; gauze; flannel; bedspread; bed linen; wool blanket; knit; knitted; cashmere
cotton: beach towel
denim: denim; jean
velvet: velvet; velour; suede; velvet cushion; leather; felt; corduroy; leather desk pad; hide
silk: silk; satin; silky; chiffon; satin fabric; silk fabric; tulle; organza; lace; silk sheet
rug: rug; carpet; woollen; wool rug; bath mat
fur: fluffy rug; fur rug; shag; sheepskin; faux fur; shaggy; fluffy carpet; fur; shag rug; shaggy rug; fluffy blanket
fur: furry rug; fuzzy rug; soft rug; plush rug; shag carpet; lambskin; cowhide; plush carpet
rug: terry; terrycloth
paper: paper; cardboard; kraft paper; craft paper; construction paper; kraft; newspaper; parchment; wrapping paper
paper: card
"""
GROUNDS = """
track: pathway; footpath; woodland path; farm track; hiking trail; country path; mountain pass; pass; garden path
track: dirt road; dirt path; gravel road; trail; dirt track; country lane; sandy road; path; forest path
grass: football field; soccer pitch; stadium; baseball field; fairway; picnic lawn; pitch; playing field; hillside
grass: grass; grassy; meadow; turf; football pitch; golf; golf course; soccer field; mown grass; lawn; artificial grass
asphalt: basketball court; tennis court; court; street court; driveway; pit lane; race track; bike lane; skatepark
asphalt: asphalt; road; tarmac; parking lot; highway; runway; blacktop; racetrack; running track; bitumen
flowers: flower field; field of flower; flower meadow; meadow of flower; wildflower meadow; meadow flower
flowers: field of wildflower; blooming field
lavender: lavender field; field of lavender; lavender row; lavender farm; blooming lavender; lavender meadow
poppies: poppy field; field of poppy; poppy meadow; tulip field; field of tulip; red tulip field; field of red poppy
buttercups: rapeseed field; field of rapeseed; canola field; buttercup field; buttercup meadow; dandelion meadow
buttercups: daffodil field; field of daffodil; mustard field; field of dandelion
sand: sand; sandy; sandbox; sandy ground; beach sand; dune
soil: dirt; soil; earth; mud; clay ground; muddy; compost; potting soil; peat
gravel: gravel; pebble beach; shingle; river stone; crushed stone; gravel path; rubble; scree
snow: snow; snowfall; fresh snow; snow covered; snowdrift; snowy; snow falling; falling snow; powder snow
ice: ice; frozen; icy; frozen lake; glacier; ice rink; iceberg; frozen ground; ice surface
moss: moss; mossy; lichen; moss covered; forest moss
leaves: fallen leaf; fallen leave; foliage floor; leaf litter; maple leaf; autumn foliage; fall foliage
leaves: on autumn leaf; on autumn leave; on dry leaf; on dry leave; bed of leaf; bed of leave; bed of autumn leave
leaves: carpet of leaf; carpet of leave; on golden leave; on colourful leave; pile of leave; pile of autumn leave
wheat: stubble; stubble field; barley; rye; cereal; corn
water: water; water surface; sea water; rippling; underwater; wave; shallow water; shallow; water ripple; ripple; wavy
water: river water; lake water; tide; wading; submerged; clear water
milk: milk; milky; milk bath; yogurt; yoghurt; creamy liquid; cream; lotion pool
cobbles: cobblestone; cobble; sidewalk; pavement; paving stone; paved; flagstone; paving; kerb; cobbled; curb
deck: wooden deck; decking; wooden terrace; wooden boardwalk; deck; boardwalk
"""
SUPPORTS = """
table: table; tabletop; table top; dining table; coffee table; side table; bedside table; nightstand; counter; console
table: kitchen counter; picnic table; farmhouse table; bar counter; stool; reception desk; vanity table; bedside
table: breakfast table; bar table; garden table; patio table; kitchen table; end table; console table
table: market stall; stall; market table; fruit stand; fruit stall; flower stall; market stand
table: farmers market stand; farmers market stall; vendor table; market counter
table: potting table; bartop; bar top; workbench; bench; potting bench
podium: podium; pedestal; plinth; stand; column; cylinder podium; pillar; riser
slab: boulder; rock; big rock; stone slab; slab; block of stone; rock ledge
board: board; cutting board; chopping board; serving board; wooden box; cheese board; wooden tray; tray
board: bamboo tray; slice of wood; wood slice
stump: stump; tree stump; log; wooden stump; wood stump; tree trunk stump; sawn log
shelf: floating shelf; floating wooden shelf
shelf: shelf; ledge; mantelpiece; mantel; windowsill; sill; shelve
seat: chair; armchair; sofa; cushion; pillow; seat; bench seat; velvet cushion; couch; pouf
stack: on a stack of book; on a pile of book; on stacked book; on a stack of old book; on a pile of old book; on book
stack: on a stack of vintage book; on old book; on a stack of magazine; on vintage book
stack: top of a stack of book; top of a pile of book; atop a stack of book; upon a stack of book
towels: on a stack of towel; on a pile of towel; on stacked towel; on a stack of folded towel; on folded towel; on towel
towels: on a towel; on a folded towel; on bath towel; on a bath towel; on a stack of bath towel
towels: on a stack of white towel; on a white towel; on white towel; on a fluffy towel; on fluffy towel
towels: on a soft towel; on soft towel
towels: on a pile of folded towel; on a pile of white towel; atop a stack of towel; on spa towel
pier: jetty; pier; dock; wooden pier; wooden dock; wooden jetty; wooden bridge; landing stage; fishing pier
ground: ground; on the ground; lying on; directly on the ground; laid
afloat: floating; afloat; float; swimming; drifting
midair: mid air; levitating; levitation; in the air; hovering; flying; suspended; weightless; floating in mid air
midair: floating in the cloud; floating in cloud; floating among cloud; floating above the cloud; floating in the sky
midair: floating in the air; defying gravity; zero gravity
"""
WALLS = """
hanging: theatre; theater; stage curtain; red curtain; velvet drape; linen backdrop; fabric backdrop; muslin backdrop
hanging: canvas backdrop; curtain; sheer curtain; drape behind; velvet curtain
wood: fence; garden fence; picket fence; trellis; garden gate; gate; lattice; cabin interior; chalet interior
wood: barn wall; garden shed; wooden wall; wood panel; wooden panel; panelling; wood panelling; shed; cabin wall
wood: log cabin; wooden fence; wall panel; crate wall; slatted wall
tiles: clinic; hospital; pharmacy; dentist; lab; laboratory; metro; swimming hall; shower wall; wet room; tiled wall
tiles: tile wall; wall tile; subway tile wall; mint tile; green tile
stone: cave; temple; church; ruin; castle wall; fortress; cathedral; grotto; quarry; rock face; cliff face; stone wall
stone: rock wall; dry stone wall; castle
brick: graffiti; graffiti wall; alley wall; warehouse wall; tunnel; subway; underpass; brick wall; brickwork
brick: exposed brick; red brick wall; bare brick; wall of brick
paint: wallpaper; corner; nook; door; painted door; wall; white wall; painted wall; plain wall; house wall
concrete: concrete wall; cement wall; bare concrete
plaster: plaster wall; stucco wall; rough wall; textured wall; clay wall; limewash wall; adobe; textured background
greenery: plant wall; wall of leaf; green wall; living wall; leaf wall; ivy wall; moss wall
"""
FURNITURE = """
fireplace: grill; barbecue; bbq; embers; bonfire; fireplace; hearth; chimney; log fire; open fire; crackling fire
fireplace: campfire; stove fire; fire
window: large window; window frame; window pane; sash window; french window; sunlit window; window behind; window
sofa: sofa; couch; settee; sectional; living room; family room
armchair: armchair; leather armchair; wing chair; rocking chair; chesterfield; reading chair
shelves: bookshelf; bookcase; library; shelves of book
bed: bed; bedroom; headboard; bedside; crib; cot
lamp: lamp; floor lamp; table lamp; desk lamp; pendant lamp; lampshade; warm lamp; street lamp; lightbulb; bulb
blackboard: blackboard; chalkboard; school; classroom; chalk; lesson
cupboards: cupboard; oven; stove; fridge; pantry; kitchen cabinet
washstand: washbasin; sink; bathtub; tub; vanity; basin
bar: bar; pub; tavern; bottle shelf; whisky bar; brewery
tools: workshop; tool wall; pegboard; garage; toolbox; workbench; diy
fir tree: christmas tree; decorated tree; xmas tree
sideboard: sideboard; dresser; cabinet; chest of drawer; console table; picture frame; poster; art
lounge: airport lounge; lobby; lounge; waiting room; terminal
gym: gym; fitness; weight room; fitness studio; crossfit
"""
BACKGROUNDS = """
house: temple; pagoda; church; castle; lighthouse; windmill; stable; doghouse; playground; house; cottage; villa
house: mansion; country house; cabin; chalet; barn house; farmhouse building; barn; farm house; hut; beach house; lodge
house: home exterior; barn door
stars: space; planet; cosmos; astronaut; rocket; galaxy sky; nebula; northern light; aurora; starry; starry sky; star
stars: milky way; galaxy; night sky; starlight; cosmic; outer space; universe
palms: hammock; resort; oasis; tropical island; lagoon beach; palm shade; palm tree; palm; coconut palm; date palm
hedge: river; stream; creek; brook; riverbank; riverside; hedge; bush; shrub; shrubbery; garden hedge; ivy; green bush
hedge: green foliage; foliage; greenery; overgrown
mountains: mountain; mountain range; mountainous; mountain view; mountain landscape; volcano; fuji; peak; summit
mountains: rockies
hills: hill; rolling hill; valley; landscape; horizon; savanna; savannah; tuscany; tuscan; provence; tuscan hill
hills: scenic; panorama; scenery; vista; view
vines: vineyard; vine; vineyard row; winery; vine row
dunes: dune; sand dune; desert; sahara; desert dune
trees: acacia tree; acacia; baobab; baobab tree; olive tree; olive grove
trees: tree; treeline; park tree; oak tree; apple tree; birch tree; green tree; tree line; orchard; woodland edge
woods: wood behind; tree trunk; redwood; birch forest; trunk; woods; deep forest; forest behind; forest background
pines: fir; fir tree; pine tree; pine; conifer; spruce tree; evergreen; pine forest
city: city; skyline; cityscape; city light; building; city street; manhattan; architecture; high rise
street: facade; shop front; storefront; traffic; house front; downtown street; shop window; boutique
crowd: crowd; crowded; people; passer by; busy; pedestrian; shopper; tourist; bustling; customer; guest
tower: eiffel tower; paris; parisian; france; landmark
wheat: wheat field; corn field; barley field; grain field; golden field; harvest field; wheat
sunflowers: sunflower field; field of sunflower
bamboo: bamboo forest; bamboo grove; bamboo garden; bamboo thicket; bamboo wood; bamboo grove behind
sea: sea; ocean; sea view; seascape; ocean view; blue sea; bay; marine; nautical; oceanic; atlantic; pacific; aegean
lake: mountain lake; lake view; fjord; reservoir; loch
clouds: floating in the cloud; floating in cloud; floating among cloud; floating above the cloud; floating in the sky
clouds: cloud; clouds; sky; cloudscape; blue sky; heaven; above the clouds; cumulus; cloudy sky; stormy sky
moon: moonlight; moonlit; full moon; moon
bokeh: fairy light bokeh; light bokeh; city bokeh; bokeh; twinkling; sparkle; sparkling; firework; christmas light
bokeh: glowing light; string light; light chain; lamps in the background; warm lamp; street lamp; shimmering; glimmer
bokeh: city light
neon: neon reflection; neon sign; neon street
"""
