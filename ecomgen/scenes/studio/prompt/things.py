"""Words for props: each is built, or is close enough to one that is. `value: phrase; phrase`, in the singular."""

PROPS = """
hay bale: barnyard; hay bale; straw bale; hay bales; bale of hay; hayloft
carrots: carrot; vegetable; veggie; root vegetable; veg
cucumber slices: cucumber; cucumber slice; zucchini; courgette; cucumber ribbon; pickle slice
kiwi slices: kiwi; kiwi slice; kiwifruit
watermelon: watermelon; melon; watermelon slice; melon slice; watermelon wedge
coconuts: coconut; coconut half; coconut oil; coconut water; coconut shell; copra
plums: plum fruit; plums; damson; prune; date; fig fruit
peaches: peach; nectarine; apricot fruit; peach fruit; ripe peach
bananas: banana; plantain
rope: yarn; thread; rope; coil of rope; sailor rope; cord; nautical rope; lasso; wool ball; thread coil
plant: plant; potted plant; houseplant; green plant; fern; ficus; botanical; pot plant; indoor plant; shrub
plant: tropical plant; foliage plant; rubber plant; basil; ivy plant; organic
pebbles: pebble; spa stone; hot stone; smooth stone; river pebble; zen stone; stone pebble; basalt stone
pebbles: balancing stone; massage stone; stacked stone
vase: vase; branch; greenery branch; branches; stick; vases; green branch
flowers: flower; bouquet; floral; peony; ranunculus; wildflower; bloom; hydrangea; dahlia; carnation; orchid; lily
flowers: mother day; fresh flower; flower arrangement; poppy; anemone; camellia; chrysanthemum; jasmine; magnolia
flowers: hibiscus; iris; violet flower; geranium; petunia; posy; meadow flower; edible flower; zinnia
sunflowers: sunflower; sunflower around it
roses: rose; rose bouquet; rosebud; red rose; white rose; pink rose; rose flower; garden rose
tulips: tulip
daisies: daisy; chamomile; camomile; margarite; feverfew
pampas: pampas; pampas grass; dried flower; dried grass; dry grass; dried plant; reed; feather grass; bunny tail
pampas: feather; dried botanical; cotton branch; toetoe
eucalyptus: eucalyptus; eucalyptus leaf; eucalyptus branch; eucalyptus sprig; silver dollar
palm: palm leaf; palm frond; palm branch; fan palm; areca; palm leave; tropical leaf; large leaf; banana leaf
palm: tropical leave; palm; jungle leaf; coconut palm
monstera: monstera; monstera leaf; swiss cheese plant; philodendron
herbs: herb; mint; mint leaf; basil leaf; parsley; coriander; cilantro; sage leaf; fresh herb; kelp; seaweed; dill
herbs: tea leaf green; spearmint; peppermint; mint sprig; oregano; lemon balm; nettle; lettuce; kale; spinach; arugula
herbs: menthol
rosemary: rosemary; thyme; thyme sprig; rosemary sprig; juniper; tarragon; rosemary branch; spruce tip
lavender: lavender sprig; lavender flower; lavender bunch; bunch of lavender; dried lavender; lavender stem; sprig
cherry branch: cherry blossom; cherry branch; cherry blossom branch; sakura; almond blossom; apple blossom
cherry branch: plum blossom; blossoming branch; magnolia branch; spring blossom; spring branch
pine branch: pine branch; fir branch; fir twig; pine twig; christmas branch; evergreen branch; spruce branch; wreath
pine branch: pine needle; fir sprig; garland; fir; evergreen; conifer branch; advent wreath; pine sprig
pine cones: pine cone; pinecone; fir cone; cone; acorn; conker
cactus: cactus; cacti; saguaro; prickly pear; aloe; aloe vera; agave
succulents: succulent; echeveria; sedum; air plant; rosette
bamboo: bamboo; bamboo stalk; bamboo cane; bamboo stem; bamboo leaf; bamboo plant
olive branch: olive branch; olive; olive twig; olive leaf; laurel; olive tree; olive oil; bay leaf
wheat bunch: wheat ear; ear of wheat; wheat stalk; sheaf; wheat bunch; grain; oat; spelt; barley stalk; bunch of wheat
wheat bunch: hop; malt
green leaves: leaf; leave; green leaf; green leave; fresh leaf; scattered leaf; botanical leaf; foliage; neem
green leaves: tea leave green
leaves: autumn leaf; autumn leave; dry leaf; dry leave; falling leaf; falling leave; maple leaf; fallen leaf
leaves: golden leaf; oak leaf; dried leaf; red leaf; fall leaf; autumn foliage; fallen leave; fall leave; dried leave
petals: petal; rose petal; scattered petal; flower petal; falling petal; petals
log: log; tree stump; stump; wood slice; slice of wood; tree slice; firewood; bark; tree trunk slice; trunk slice
log: timber log
straw: straw; hay; loose hay; raffia; nest; thatch
candle: candle; candlelight; tealight; candelabra; burning candle; lit candle; candlestick; tea light; taper; wax
candle: incense; menorah; votive; candle holder; pillar candle; wick
lantern: lantern; storm lantern; oil lamp; lamp light; paper lantern; moroccan lantern; hurricane lamp
books: book; stack of book; novel; magazine; reading; literature; stacked book; old book; textbook; encyclopedia; album
books: pile of book; library book; cookbook; hardback; bible; comic
notebook: notebook; journal; planner; stationery; notepad; diary; sketchbook; calendar; agenda; envelope; letter
notebook: document; clipboard; folder; passport; map; postcard; wallet; bullet journal
pens: pen; fountain pen; ballpoint; quill; ink; stylus; marker; calligraphy; signature
pencils: pencil; crayon; colour pencil; coloured pencil; colouring; paintbrush; chalk; felt tip; ruler; school supply
pencils: colour crayon
laptop: laptop; computer; notebook computer; macbook; screen; monitor; tablet; ipad; pc; desktop computer; coding
laptop: programmer
keyboard: keyboard; mechanical keyboard; gaming keyboard; desk setup; gaming setup
phone: phone; smartphone; iphone; cell phone; telephone; handset; mobile phone
headphones: headphone; headset; music; audio; listening
eyeglasses: eyeglass; spectacle; reading glass; sunglass; glasses frame; shade glass; glasses; sunglasses
cup: cup of tea; tea cup; teacup; mug of tea; cup of green tea
cup: cup; mug; coffee; espresso; cappuccino; latte; coffee cup; cup of coffee; saucer; barista; hot chocolate
cup: americano; coffee mug; hot drink; hot cocoa; chai; matcha latte; flat white; mocha cup; morning coffee; caffeine
teapot: teapot; tea; tea set; kettle; green tea; matcha; tea ceremony; tea time
teapot: afternoon tea; teahouse; oolong; herbal tea; chawan; tea pot
bowl: bowl; dish; ceramic bowl; crockery; pottery; wooden bowl; mortar; salad bowl; petri dish; soap dish; basin bowl
cutlery: plate; cutlery; fork; knife; spoon; tableware; dinner plate; table setting; place setting; silverware; dining
cutlery: dinnerware; dessert plate; chopstick; breakfast plate; feast; meal; brunch table
tumbler: glass of water; drinking glass; tumbler; water glass; cocktail; juice; lemonade; drink; glassware
tumbler: whisky glass; soda; iced tea; gin; tonic; mojito; beer glass; beer; refreshment; aperitif; spritz; ice tea
wine glass: wine glass; glass of wine; wine; red wine; white wine; prosecco; champagne glass; champagne flute; toast
wine glass: goblet; sommelier; rose wine; stemware; sparkling wine; wine tasting; champagne bottle; cava
bottle: bottle; dispenser; soap bottle; serum bottle; cosmetic bottle; glass bottle; vial; apothecary; flask
bottle: shampoo bottle; lotion bottle; amber bottle; dropper; essential oil; perfume bottle; decanter; toiletry; carafe
jar: jar; spice jar; preserve; mason jar; pickle; canister; jam jar; honey jar; marmalade; storage jar; spice rack
barrel: barrel; cask; oak barrel; wine barrel; whisky barrel; keg; wooden barrel; rum; distillery
crate: crate; wooden crate; box; cardboard box; wooden box; parcel; package; chest; shipping box; fruit crate
crate: packaging; moving box
basket: basket; wicker basket; picnic basket; hamper; easter basket; bicycle basket; laundry basket; woven basket
pots: terracotta pot; flower pot; flowerpot; pot; clay pot; earthenware; amphora; plant pot; terracotta vase; pots
pots: planter
towel: towel; bath towel; folded towel; towelling; bathrobe; hand towel; facecloth; laundry; linen towel
towel: robe
rolled towels: rolled towel; towel roll; spa towel; rolled up towel; gym towel; hot towel
folded cloth: napkin; cloth napkin; tea towel; dish towel; folded cloth; handkerchief; linen napkin; scarf
folded cloth: kitchen towel; shirt; sweater; folded blanket; clothing; t shirt; kitchen cloth; shawl; bib
folded cloth: polishing cloth; folded linen
cushion: cushion; pillow; throw pillow; velvet cushion; pouffe; bean bag; meditation; soft pillow
brushes: brush; makeup brush; make up brush; makeup; make up; cosmetics; paint brush
roller: jade roller; gua sha; roller; face roller; massage tool; facial tool; quartz roller; facial massage
tray: round mirror; hand mirror; vanity mirror; gong; brass disc; wall mirror; sunburst mirror; compact mirror
spheres: sphere; ball; orb; round shape; globe; pearl; bead; marbles; round; spherical; football; tennis ball
spheres: basketball
blocks: block; cube; cylinder; geometric shape; geometric form; geometrical; abstract shape; box shape; prism; shape
blocks: cuboid; geometric object; geometric block; staircase; step; stair; block shape; form
arch: arch; archway; arched; portal; alcove; arc; niche; arches; doorway; gateway; colonnade; column arch
gifts: gift; present; gift box; wrapped gift; wrapping; valentine; gift wrapped; birthday gift; giveaway
gifts: christmas gift; christmas present; birthday present; birthday; secret santa; father day; gifting; wrapped box
gifts: surprise
ribbon: ribbon; bow; satin ribbon; red ribbon; lace ribbon; curled ribbon; string; twine; garter; gift ribbon; streamer
ribbon: thread
baubles: bauble; ornament; christmas ornament; christmas ball; decoration; tinsel; christmas decoration; disco ball
baubles: tree ornament; glass ball; mirror ball; christmas bauble; golden bauble
fairy lights: fairy light; string light; light chain; christmas light; led light; garland of light; festoon
fairy lights: twinkle light; twinkling light; party light; string lamp
balloons: balloon; birthday balloon; helium; party balloon; birthday; baby shower; birthday party; airship
confetti: confetti; party popper; sprinkle; paper confetti; carnival; sequin; falling confetti; pinata
confetti: streamer confetti
hearts: heart; heart shape; heart shaped; valentine; heart confetti; heart shaped confetti; paper heart
glitter: glitter; gold flake; gold leaf; shimmer; gold dust; stardust; diamond; crystal; gem; rhinestone; gold foil
glitter: metallic flake; gemstone; glittering; shimmering; gold confetti; fairy dust; twinkle; jewel
cobweb: cobweb; spider web; spiderweb; halloween decoration
pumpkins: pumpkin; gourd; squash; jack o lantern; halloween; thanksgiving; pumpkin patch; pumpkin spice
drops: drop; water drop; droplet; water droplet; condensation; dew; raindrop; splash; dewdrop; water splash; wet drop
drops: mist drop; morning dew; splashing; splashed; rain drop; moisture; hydration; hydrating; drip; spray; spritzed
drops: juicy
bubbles: bubble; soap bubble; fizz; fizzy; effervescent; air bubble; bubble bath; champagne bubble; carbonated; bubbly
bubbles: sparkling water
foam: foam; lather; suds; soap foam; whipped; soapy; shaving foam; shampoo; froth; bath foam; whipped cream; meringue
salt: salt; sea salt; bath salt; salt flake; epsom; sugar; salt crystal; crystal salt; himalayan salt; coarse salt
salt: icing sugar
cocoa: cocoa; cocoa powder; cacao; coffee ground; ground coffee; cocoa nib; chocolate powder; carob
spice powder: spice; powder; turmeric; paprika; curry; pigment; ground spice; saffron; cumin; holi; chilli powder
spice powder: coloured powder; makeup powder; masala; protein powder; sand pile; powder explosion; mustard powder
flour: flour; dough; baking; baking powder; cornstarch; talc; flour dust; talcum; yeast
tea leaves: tea leaf; loose tea; loose leaf; loose leaf tea; dried tea; black tea; herbal; dried herb; tobacco
tea leaves: dried leaf pile
cinnamon: cinnamon; cinnamon stick; cinnamon bark; vanilla; vanilla pod; liquorice; nutmeg; mulled wine
cinnamon: gingerbread spice; clove
star anise: star anise; anise; cardamom; clove bud; aniseed; juniper berry; cardamom pod; peppercorn; pepper; allspice
coffee beans: coffee bean; roasted bean; espresso bean; roasted coffee bean; arabica; roasted coffee; cacao bean; roast
chocolate: chocolate; dark chocolate; chocolate piece; praline; truffle; chocolate bar; candy; sweet; brownie; fudge
chocolate: caramel piece
cookies: cookie; biscuit; cracker; shortbread; oatmeal; macaron; gingerbread; cookie jar; pet treat; dog treat; treat
cookies: wafer; snack; crisp bread
bread: bread; loaf; sourdough; baguette; toast bread; bun; brioche; croissant; bakery; roll bread; bagel; pastry
bread: ciabatta
cheese: cheese; parmesan; cheddar; cheese board; cheese platter; brie; gouda; cheese wedge; camembert; butter; fondue
eggs: egg; chicken egg; fresh egg; hen; farm egg; quail egg; boiled egg
easter eggs: easter egg; easter; painted egg; coloured egg; easter bunny; easter basket
ice cubes: ice cube; crushed ice; ice block; ice bucket; iced; on the rocks; ice crystal; icicle; ice cold
honeycomb: honeycomb; honey; honey dipper; beeswax; honey drizzle; hive; syrup; manuka; beehive
cake: cake; cupcake; dessert; muffin; birthday cake; cheesecake; tart; icing; frosting
lemons: lemon; citrus; yellow fruit; whole lemon; lemon tree; amalfi lemon; citrus fruit; yuzu
lemon slices: lemon slice; sliced lemon; slice of lemon; citrus slice; lemon wedge; half lemon; cut lemon; lemon zest
lemon slices: lemon peel
oranges: orange fruit; mandarin; clementine; fruit; tangerine fruit; whole orange; satsuma; kumquat; citrus tree
oranges: tropical fruit
orange slices: orange slice; sliced orange; slice of orange; dried orange; dried orange slice; orange wedge
orange slices: half orange; citrus half; orange peel; vitamin c; orange zest
lime slices: lime slice; lime wedge; slice of lime; lime half; lime fruit; lime juice; limes
grapefruit slices: grapefruit; grapefruit slice; grapefruit half; pomelo; blood orange; pink grapefruit
apples: apple; red apple; green apple; apple fruit; cider; quince
pears: pear; pear fruit
berries: berry; raspberry; blueberry; blackberry; mixed berry; forest fruit; cranberry; acai; currant; elderberry
berries: red fruit
strawberries: strawberry
cherries: cherry fruit; cherries; red cherry; sour cherry; maraschino
grapes: grape; bunch of grape; wine grape; raisin; grapevine; red grape
tomatoes: tomato; cherry tomato; red tomato; tomato sauce; passata; ketchup
chillies: chilli; chili; chilli pepper; red chilli; hot pepper; jalapeno; chile; hot sauce; red pepper; cayenne; spicy
chillies: tabasco
garlic: garlic; garlic clove; garlic bulb; onion; shallot
nuts: nut; hazelnut; almond; walnuts; peanut; cashew; pecan; pistachio nut; macadamia; trail mix; nut mix; brazil nut
avocados: avocado; avocado half
shells: shell; seashell; scallop; conch; clam; oyster; mussel; sea shell; cockle; snail shell; mother of pearl
tiny shells: tiny seashell; tiny shell; small shell; small seashell; shell fragment; broken shell; little shell
starfish: starfish; sea star; star fish
driftwood: driftwood; bleached wood; drift wood; beach wood; bleached branch
straw hat: straw hat; sun hat; hat; panama hat; beach hat; summer hat; boater
surfboard: surfboard; surf board; paddle board; skim board; wakeboard
dumbbells: dumbbell; weight; barbell; kettlebell; fitness equipment; workout; exercise; training
yoga mat: yoga mat; exercise mat; yoga; pilates; gym mat; foam roller; rolled mat; sport mat
tools: tool; hammer; wrench; spanner; screwdriver; pliers; saw; chisel; toolbox; nail; screw; hardware; plier
tools: tool belt; garden tool; secateur; trowel; carpentry; spade; repair
shavings: sawdust; wood shaving; shaving; wood chip; curl of wood; planing; wood curl; woodwork; woodworking; carpenter
toys: toy; wooden toy; building block; toy block; toy train; lego; play; baby toy; kid toy; child room; pet toy
toys: kindergarten; toddler; train set; wooden block
hourglass: hourglass; sand timer
"""
