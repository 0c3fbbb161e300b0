"""Every text of the screen that is not computed, in English."""

from __future__ import annotations

from ecomgen.web.locale.catalogue import Plural
from ecomgen.web.locale.english_settings import HINTS as HINTS
from ecomgen.web.locale.english_settings import OPTIONS
from ecomgen.web.locale.english_settings import PARAMETERS as PARAMETERS
from ecomgen.web.locale.english_settings import TIMED as TIMED

LANGUAGE_LABEL = "Language"
TITLE = "ecomgen"
TAGLINE = "Your product, in any setting, true to the pixel."

TAB_CREATE = "Create"
TAB_LAB = "Lab"
TAB_CATALOGUE = "Catalogue"
TAB_HISTORY = "History"
TAB_MACHINE = "Setup"

LOG_OUT = "Log out"

# What a restart of the app left over
LEFT_OVER = "These were waiting when ecomgen was restarted:"
LEFT_OVER_GONE = "It is no longer waiting: load the page again."
ASK_AGAIN = "Ask again"
DISMISS = "Dismiss"
PLACES = {"create": TAB_CREATE, "lab": TAB_LAB, "catalogue": TAB_CATALOGUE}

# Requests that are refused
WRONG_HOST = "This app does not answer to the name {host}: its owner can allow it with ECOMGEN_ALLOWED_HOSTS={host}."
WRONG_SITE = "Another website asked for this: open the app itself."
NO_TOKEN = "A program needs a token for this: send Authorization: Bearer with one that the server knows."
TOO_MANY_TRIES = "Too many wrong passwords came from your address: wait {minutes} minutes."
TOO_MUCH = "That is more than may be uploaded here: send less, or wait until what came before is removed."
UNREADABLE = "This request cannot be read ({reason}): send what the app's API describes."

# Step 1: product
PRODUCT = "Product"
DROP_LABEL = "Drop, paste or choose photos of one product"
SAMPLES = "Or a sample:"
SAMPLE_NAMES = {"bottle": "Olive oil bottle", "mug": "Mug", "box": "Tea box"}
SAMPLE_PROMPTS = {
    "bottle": "on a wooden table by a window, morning light",
    "mug": "on a linen cloth by a window, soft morning light",
    "box": "on a marble counter, plants in the background",
}
LOOKING = "Looking at the photo…"
CUTTING = "Cutting the product out…"
GOOD_PHOTO = "Good photo"
DOUBTFUL = "Cut-out doubtful"
STILL_DOUBTFUL = (
    "You corrected the cut-out, and it still looks doubtful (confidence {confidence:.2f}). Is it right? Then say so, "
    "or the pictures will say that it is doubtful."
)
CONFIRM = "Yes, this is right"
CONFIRMED = "Checked by hand"
CONFIRM_HINT = "Then nothing is asked about this cut-out, and the pictures say that it was checked by hand"
HERO = "Used for the picture"
MAIN_PHOTO = "Main photo"
MAKE_MAIN = "Use as main photo"
MAKE_MAIN_OF = "Use {name} as main photo"
REMOVE_PHOTO = "Remove {name}"
PHOTO_SIDE = "Your photo"
CUTOUT_SIDE = "Cut-out"
SAVE_CUTOUT = "Save"
SAVE_CUTOUT_HINT = "The product alone as PNG, at full size, with a transparent background"
CORRECT = "Correct"

# The editor
TOOLS = OPTIONS["point"]
CANVAS_LABEL = (
    "Your photo: arrow keys move a cross, Enter clicks there or puts the brush down and lifts it, plus and minus zoom"
)
EDITOR_TOOLS = {
    "point": ("Add", "Click on a part of the product that is missing"),
    "away": ("Remove", "Click on what does not belong to the product"),
    "add": ("Paint", "Paint over what belongs to the product"),
    "erase": ("Erase", "Paint over what does not belong to it"),
    "box": ("Box", "Draw a box around the product, or click on two of its corners"),
    "move": ("Move", "Move the photo, as two fingers or the space bar do with any tool"),
}
BRUSH = "Brush size"
BRUSH_DOWN = "The brush is down: arrow keys paint, Enter lifts it."
FIRST_CORNER = "Now the opposite corner"
EDITOR_READY = "The cut-out is ready"
SHOW_MASK = "Show what is cut away"
ZOOM = "Zoom"
ZOOM_IN = "Enlarge"
ZOOM_OUT = "Make smaller"
ZOOM_WHOLE = "Show at 100 %"
ZOOM_FIT = "Show the whole photo"
CONTROL = "Ctrl"
UNDO = "Undo"
REDO = "Redo"
START_OVER = "Start over"
DONE = "Done"
TOO_MANY_MARKS = "That are too many corrections for one photo: start over, and paint instead of clicking."
BAD_MARK = "That correction could not be read: try it again."
CAMERA_OPEN = "Camera"
CAMERA_TAKE = "Take the photo"
CAMERA_CLOSE = "Close"
CAMERA_FAILED = "There is no camera that the browser may use. Allow it, or drop a photo instead."
CHECKS = {
    "dark": "Dark",
    "overexposed": "Too bright",
    "blurred": "Blurred",
    "too_small": "Small",
    "cropped": "Cut off",
    "occluded": "Hidden",
    "busy_background": "Busy background",
    "other_product": "Another product?",
}
SUGGESTIONS = "Other ways to cut it out"
SUGGESTION = "Cut-out {number}"
NO_PHOTO = "Drop a photo of your product to begin."
FIX_CUTOUT = "More about the cut-out"
ABOUT_PRODUCT = "More about the product"
MASKERS = {
    "auto": "Automatic",
    "sam-clip": "Large model (Segment Anything with CLIP)",
    "sam2": "Large model (SAM 2)",
    "sam3": "By its name (SAM 3)",
    "grounded": "By its name (Grounding DINO)",
    "birefnet": "Large model (BiRefNet)",
    "rembg": "Other models (rembg)",
    "lite": "Small built-in model",
    "grabcut": "By colour (GrabCut)",
    "alpha": "The photo's own transparency",
}
MASK = "Mask"
MASK_FILE = OPTIONS["mask"]
TOO_MANY = Plural(
    "At most {limit} photos belong to one product; {count} was left out.",
    "At most {limit} photos belong to one product; {count} were left out.",
)

# Step 2: scene
PROMPT = OPTIONS["prompt"]
PROMPT_PLACEHOLDER = "on a wooden table by a window, soft morning light"
LOOKS_TITLE = "Or start from a setting"
LOOKS_ALL = "Show all"
LOOKS_FEWER = "Show fewer"
LOOKS = {  # what is written into the form, and its title
    "on a wooden table by a window, soft morning light": "Wooden table",
    "on pure white": "Pure white",
    "on a pale pink seamless backdrop, soft shadow": "Pale pink",
    "on a marble podium, bright and clean": "Marble",
    "on a walnut table with plants behind, warm light": "Walnut and plants",
    "on a terracotta podium, hard evening sun, leaf shadows": "Terracotta",
    "on a sage green seamless backdrop, soft light": "Sage",
    "on linen fabric, soft window light": "Linen",
    "flat lay from above on linen with eucalyptus": "Flat lay",
    "on coloured paper with shapes, hard light": "Coloured paper",
    "on a kitchen counter, bright morning": "Kitchen",
    "on a stone shelf in a bathroom, water drops": "Bathroom",
    "on a café table, blurred lights behind": "Café",
    "on a desk beside a notebook, calm daylight": "Desk",
    "on a shelf between books and a vase": "Bookshelf",
    "on the floor by a sunlit wall, scandinavian": "Living room",
    "on grass in a sunny garden, flowers behind": "Garden",
    "on moss in a forest, sunbeams": "Forest",
    "on a sandy beach at golden hour": "Beach",
    "on a stone in a river, mist": "River",
    "on a terrace at sunset, string lights": "Terrace",
    "in the snow with pine branches, soft winter light": "Snow",
    "on a festive table with candles and gold baubles": "Festive",
    "on wet asphalt at night, neon lights": "Neon night",
}
OFFERED = "Completions and earlier descriptions: the down arrow goes there"
UNDERSTOOD = "Understood"
APPROXIMATED = "Shown as"
IGNORED = "Not used"
MORE_WORDS = "and {count} more"
STANDARD = "Usual size"
OWN_SIZE = "My own size…"
AUTOMATIC = "Automatic"
LICENCE = "Licence: {licence}"
WEIGHTS_MISSING = "Its weights are not on this machine yet. To fetch them, type: ecomgen models pull {name}"
WEIGHTS_SHORT = "{title} (weights missing)"
NEEDS_MEMORY = "needs about {gib:g} GB of graphics memory"
NO_WEIGHTS_NEEDED = "The built-in studio: works on any computer, without graphics card or download"
ADVANCED = "Advanced"
DICE = "Another"
LOCK = "Keep"
ALSO_HINT = "Shops and networks; the download holds a version for each"
BACKDROP = OPTIONS["backdrop"]
BACKDROP_INSTEAD = "Your own backdrop takes the place of these words. All pictures on it are alike, so one is enough."
BACKDROP_DROP = "Or your own backdrop: drop a photo in which the product is to stand"
HORIZON = "Horizon: arrow keys raise and lower it, Delete leaves it as it was read"
HORIZON_READ = "As it was read, seen from {degrees}° above. Drag the horizon where the grid leaves the ground."
HORIZON_UNSURE = (
    "How high the camera stood is a guess here: about {degrees}° above. Check the grid, and drag the horizon until it "
    "lies on the ground."
)
HORIZON_TOLD = "Seen from {degrees}° above."
HORIZON_AGAIN = "As it was read"
STYLE_DROP = "Make it look like this: drop a picture whose colours and light the scene takes over"
LIGHT_FROM = {"": "As it is read", "left": "The left", "right": "The right", "front": "The front", "back": "Behind"}
LOOK = "Look"
LOOKS_RANGE = OPTIONS["look"]
LOOKS_SHIPPED = "Looks that are ready"
LOOK_HINT = "The same set, camera and light for every product of a range"
LOOK_KEEP = "Keep a look of your own"
LOOK_NAME = "Its name"
LOOK_NAME_HINT = (
    "It keeps the set, camera, light and options of the picture with a star, else of the best, without the product"
)
LOOK_SAVE = "Save as a look"
LOOK_IMPORT = "Take one from a file"
LOOK_EXPORT = "Download as a file"
LOOK_SAVED = "The look is in the list, for this and every other product."
LOOK_NO_RUN = "There are no pictures yet whose look could be kept: press Generate first."
LOOK_NAMELESS = "Its name needs a letter or a digit: type one."
LOOK_FORBIDDEN = "Only on the machine itself, or after a login, can looks be kept or deleted."
NO_LOOK = "No look"
SAME_LIGHT = "Camera, light and colours of earlier pictures"
SAME_AGAIN = "Nothing was changed and the seed is kept: these will be the same pictures. Take off the seed for others."
HELD = "Kept for the next pictures:"
SET_LEFT = "Only the studio keeps a set, so the field is empty now. The product keeps its place."
AS_USUAL = "As usual"
LEVELS = {"strict": "Strict", "normal": "Normal", "lenient": "Lenient", "0": "Keep everything"}
MODES = {
    "keep": "The surroundings; the product stays",
    "replace": "The product; the surroundings stay",
    "redraw": "Everything, the product too",
}
HARMONISE = {"off": "No", "scene": "Adapt the scene", "product": "Adapt the product (changes its colours)"}

# Advanced, words
WORDS = "Texts for the shop"
NOBODY = "None"
ATTRIBUTES_EXAMPLE = """material: stoneware
size: 0.3 l"""
TEXT_TITLE = "Title"
TEXT_DESCRIPTION = "Description"
TEXT_ALT = "Alt text, picture {number}"
COPY = "Copy"
COPIED = "Copied"

GENERATE = "Generate"
ASK_FIRST = (
    "The cut-out is doubtful, so the pictures may show a product that has lost or gained parts. Draw a box around the "
    "product on your photo, or click on what is missing. Is it right as it is? Then say so under the cut-out."
)
ASK_FIRST_OF = (
    "Doubtful cut-out: {names}. The pictures may show a product that has lost or gained parts. Click the photo and "
    "draw a box around it, or click on what is missing. Is it right as it is? Then say so under the cut-out."
)
ASK_SCENE = (
    "Nothing of your description was understood. Shall the product stand on a podium? Or name a place, a surface, a "
    "colour or a light."
)
GENERATE_ANYWAY = "Make pictures anyway"
GENERATING = "Making your pictures…"

# Advanced, only for Stable Diffusion
DIFFUSION = "Only for Stable Diffusion"
DIFFUSION_CHOICES = {
    "init": {
        "auto": "Automatic",
        "studio": "The studio's picture",
        "photo": "The photo's background",
        "blur": "The photo's colours",
        "noise": "Noise",
    },
    "framing": {
        "auto": "Automatic",
        "whole": "Whole, resized",
        "crop": "Only what is replaced",
        "windows": "In windows",
    },
}

# Step 3: results
RESULTS = "Results"
EMPTY_TITLE = "Where shall it stand?"
EMPTY_TEXT = "Describe a setting and press Generate, or click one of these: your product appears in it."
CANCEL = "Stop"
CANCELLED_EMPTY = "Stopped before the first picture was ready."
WAITING = "Waiting: {ahead} before this"
BEHIND = {
    "catalogue": "Next, as soon as this product of your catalogue is done",
    "lab": "Next, as soon as this combination of your comparison is done",
    "export": "Next, as soon as this picture of your download is done",
}
PREPARING = "Preparing the product"
STEPS_OF_WORK = {
    "load": "Reading the photos",
    "mask": "Finding the product",
    "matte": "Softening its edge",
    "place": "Placing it",
    "scene": "Building the scene",
    "score": "Judging it",
    "words": "Writing the texts",
}
PICTURE_OF = "Picture {number} of {total}"
TEXT_OF = "Text {number} of {total}"
SECONDS_LEFT = "about {seconds} left"
SO_FAR = "{time} so far"
FINISHING = "Choosing the best"
STOPPING = "Stopping after this step"
SUMMARY = "{kept} of {count} passed the check"
STOPPED = "stopped early"
CHECK = "How strict the check is"
CHECK_HINT = "The check compares the product with your cut-out. Whether the scene convinces, you decide."
THRESHOLD = "How true to the product a picture must be to pass"
THRESHOLD_HINT = "Moving it sorts anew at once; nothing is made again"
KEPT = "Passed"
DRAFT = "Draft"
FILTERED = "Did not pass"
BEST = "Best"
SCORES = {
    "identity": ("True to the cut-out", "1 where the product is as in its cut-out. What that has lost, it cannot see"),
    "extension": ("Nothing added", "1 where nothing was painted on to the product"),
    "adherence": ("Fits the text", "How well the picture shows what you described"),
    "quality": ("Quality", "1 where no fault was found in sharpness, noise, highlights and how the product stands"),
    "print": ("Print unchanged", "The share of the characters on a re-drawn product that read as in the photo"),
}
FAULTLESS = {
    "identity": "Product as in the cut-out",
    "extension": "Nothing added",
    "quality": "No technical fault",
    "print": "Print unchanged",
}
FAULTS = ("clear faults", "small faults", "hardly a fault")
NO_FAULT = "No fault found"
SCORES_ABOUT = "What was checked, and what you decide"
SCORES_LIMITS = (
    "The check looks at the product: is it as in your cut-out, whole, sharp, and does it stand on its ground? A tick "
    "says that no fault was found; where one was, a figure from 0 to 1 says how much is right.",
    "It does not see whether the scene is beautiful, sells, suits your brand, or makes sense. Look at each picture.",
    "What the cut-out has lost, the picture has lost too: look at the cut-out first.",
    "Approve and Reject are your verdict: what is rejected is left out of the download, and Only approved takes only "
    "what is approved. A star is a mark of your own, by which the history finds a picture.",
)
NOT_MEASURED = "not measured"
PICTURE = "Picture {number}, seed {seed}"
DOWNLOAD = "Download"
DOWNLOAD_TITLE = "Download this picture as PNG"
FULL_SIZE = "Full size"
LIGHTBOX = {
    "title": "The picture, enlarged",
    "number": "{number} of {total}",
    "earlier": "Picture before",
    "later": "Next picture",
    "save": "Download this picture as PNG",
    "percent": "Show at 100 %, or whole",
    "close": "Close",
}
BEFORE = "Slide to see the photo"
NOTES = "Good to know"
EARLIER = "Made before"
EXPORT = "Download pictures"
EXPORT_HINT = "A zip of what passed the check, or what you approved, best first; what you rejected stays out."
EXPORT_APPROVED = "Only approved"
EXPORT_TOP = "How many"
EXPORT_TOP_HINT = "All"
EXPORT_FORMAT = "As"
EXPORT_CHANNELS = "For channels (optional)"
MORE_LIKE = ("More like this", "New pictures in the manner of this one, with the same words and settings")
SAMPLE_UNDO = "Back to what was here"
PHOTO_NUMBER = "Photo {number}"
OTHERS = OPTIONS["with"]
OTHERS_DROP = "Drop photos of one further product"
OTHERS_HINT = "Without places they stand in a row, the main product first."
OTHER_FORWARD = "Let {name} stand one place further forward in the row"
OTHER_PLACE = "Place of {name}"
OTHER_EMPTY = "Place: automatic"
OTHER_HEIGHT = "True height of {name}, cm"
OTHER_MASKER = "As the main product"
OTHERS_MANY = "A picture takes {most} further products at most."
PLACING = ("Move", "Drag, scale and turn the product in this picture")
STAGE_OPENING = "Opening the stage…"
STAGE_READY = "Drag the product, its corners, the knob above it, the sun or the shadow"
STAGE_SEVERAL = "Drag a product, its corners or the knob above it; what stands lower is before the others"
STAGE_DRAFTING = "Making a draft…"
STAGE_WAITING = "The draft comes right after the picture that is being made"
STAGE_KEYS = "Product: arrow keys move it, plus and minus scale it, comma and full stop turn it; Shift in larger steps"
STAGE_SUN = "Light: arrow keys choose the side that it comes from, Delete leaves it as it is"
STAGE_SHADOW = "Shadow: arrow keys make it deeper or fainter"
STAGE_SIDES = {"": "As it is", "left": "The left", "right": "The right", "front": "The front", "back": "Behind"}
STAGE_SHARE = "{title}: {share} % of a side"
STAGE_NUMBERS = {"x": "Middle, %", "y": "Base, %", "height": "Height, %", "turn": "Turn, °", "shadow": "Shadow, %"}
STAGE_MAKE = "Make the picture"
STAGE_DRAFTED = "This is a draft. Press Make the picture for the real one."
STAGE_LEAVE = "Escape or Back once more leaves, without keeping what you changed"
STAGE_KEEP = "Keep for later"
STAGE_KEPT = "The new place is kept, for one picture as you saw it. Press Generate to make it."
MATCHING = ("Match the light", "See this set's light on the product, without making the picture anew")
MATCHING_OPENING = "Looking at the light…"
MATCHING_PLAIN = "The picture with the product as it was photographed"
MATCHING_SPLIT = "Slide to compare: on the left as photographed, on the right in the set's light"
MATCHING_SIDES = ("As photographed", "In the set's light")
MATCHING_SHARE = "Strength"
MATCHING_KEEP = "Keep this picture"
FILMING = ("Clip", "A short film of this picture: the camera or the light moves a little and back again")
FILM_MOVE = "What moves"
MOVES = {"dolly": "The camera comes nearer", "orbit": "The camera goes to and fro", "light": "The light goes round"}
FILM_SECONDS = "Seconds"
FILM_MAKE = "Make the clip"
FILM_BUSY = "Filming… {share} %"
FILM_SAVE = "Download MP4"
FILM_LOOP = "Download looped WebP"
CLOSE = "Close"
NO_DRAFT = "There are drafts of the studio's pictures only: make pictures to see it"
MORE_STEPS = "More"
SAME_SCENE = ("Swap product", "Same scene, other product")
OTHER_PRODUCT = "The scene is kept. Now drop photos of the other product and press Generate."
HEAT = "Differences"
HEAT_NONE = "Nothing differs: the product is as in your photo."
HEAT_ENDS = ("the same", "different")
HEAT_HINT = "Shows where the product differs from your photo: dark is the same, bright is different"
TOO_MANY_RUNS = Plural(
    "{count} set of pictures is already being made for you: wait for it, or stop it.",
    "{count} sets of pictures are already being made for you: wait for one of them, or stop one.",
)
RUN_GONE = "There are no pictures {run} of yours: the history shows which there are."
FORMATS = {"png": "PNG, exact", "jpeg": "JPEG", "webp": "WebP"}
NOTHING_TO_EXPORT = "There are no pictures yet: press Generate first."
EXPORTING = "Composing… {share} %"
MISSED = "{channel} asks for something else. {rules}. All figures are in export.json."
MISSED_RULE = "{rule}: {found}, asked: {wanted}"
RULES = {
    "size": "Size",
    "ratio": "Width to height",
    "format": "File format",
    "file size": "File size",
    "colour profile": "Colour profile",
    "resolution": "Resolution",
    "background": "Ground at the border",
    "surroundings": "Ground round the product",
    "fill": "Product in the picture",
    "margin": "Room at the edges",
    "safe area": "Room for the network's buttons",
    "text": "Lettering",
}
EXPORT_STOPPED = "Stopped: nothing is downloaded. What was finished is kept, and the next download goes on from there."
EXPORTED = Plural("{count} picture is in {file}.", "{count} pictures are in {file}.")

# Deciding together
DECIDE_LABEL = "Decided"
DECIDE = {"star": "Star", "approve": "Approve", "reject": "Reject", "comment": "Comment"}
WHY = "Why it is rejected"
REASONS = {
    "product": "Product not true",
    "scene": "Wrong scene",
    "light": "Light",
    "placement": "How it stands",
    "quality": "Badly made",
    "cutout": "Cut-out wrong",
    "other": "Something else",
}
DECIDE_HINTS = {
    "star": "a mark of your own, by which the history finds it",
    "approve": "Only approved downloads it",
    "reject": "left out of the download",
    "comment": "for those who decide with you",
}
VERDICTS = {"approved": "Approved", "rejected": "Rejected"}
TALLY = {"approved": "{count} approved", "rejected": "{count} rejected", "starred": "{count} with a star"}
ACTS = {
    "star": "starred",
    "unstar": "star taken back",
    "approve": "approved",
    "reject": "rejected",
    "undecide": "verdict taken back",
    "comment": "commented",
}
LINK = "Link for reviewers"
LINK_LABEL = "Whoever has this link sees these pictures, and can change nothing"
LINK_HERE = (
    "It opens on this computer alone. To show it to others, start the app with --host 0.0.0.0, open it by the name of "
    "this computer, and make the link again."
)
LINK_UNTIL = "Open until {day}"
LINK_WRONG = "There is nothing behind this link: ask for it again."
LINK_OVER = "The time of this link is over: ask for a new one."
LINK_GONE = "These pictures are not here any more."
COMMENT_HINT = "Type, then press Enter"
DECIDED_BY = "{what} ({who})"
SAID_BY = "“{words}” ({who})"
TRAIL = "Who decided what"
NUMBERED = "picture {number}"
WHAT_PEOPLE_SAY = "Approved, rejected, and why"
UNDECIDED = "No picture is approved or rejected yet."
VERDICT = "Verdict"
PHOTO_COUNT = "Pictures"
DISAGREE = (
    "The check and your decisions differ: {below} approved that do not pass, {above} rejected as not true that pass."
)
FITS = "{number} would fit your decisions best."
FIT_USE = "Use {number}"

# Lab
LAB_HINT = (
    "Which words suit your product? Write down the choices, and see every combination side by side. All else stays the "
    "same. The product is the one in Create."
)
LAB_PROMPT = "Describe the settings"
LAB_PROMPT_HINT = "Write choices as {oak|marble}: one picture has oak, the next has marble"
LAB_EXAMPLE = "on {oak|white marble}, {morning light|at dusk}"
LAB_GRID = "Try settings, too"
LAB_GRID_HINT = "For experts: one setting a line with its values, for example relight=0,0.5,1"
LAB_SIDE = "Size, pixels"
LAB_START = "Compare"
LAB_DOING = "Making the combinations"
LAB_EMPTY = "Every combination appears here, side by side"
LAB_EMPTY_TEXT = "Press Compare to see which words suit the product best. Click a picture to see more of it."
LAB_BEST = "Which words do best"
LAB_BETTER = "Better: {words}."
LAB_ALIKE = "Equally good: {words}."
LAB_WORSE = "Less good: {words}."
LAB_FIGURES = "Figures"
LAB_BEST_HINT = "How well the pictures with these words scored, from 0 to 1, and by how much they differ"
LAB_NOTHING = "(nothing)"
LAB_SCATTER = "Each dot is a picture: {across} to the right, {up} upwards. A hollow one was sorted out."
LAB_WINNER = "Best: {prompt}."
LAB_TIED = "The best {count} pictures are equally good: choose by eye, or make more of each."
LAB_IGNORED = "Without effect: {words}."
LAB_SHEET = "Contact sheet"
LAB_SCORES = "Scores"
LAB_WORDS = "Words"
LAB_USE = "Use it in Create"
LAB_STOPPED = "Stopped. What is made stays; Compare goes on from there."

# Catalogue
CATALOGUE_HINT = "One look for a whole range, in the formats of your channels."
CATALOGUE_DROP = "Drop a photo of each product, a table, or a zip"
CATALOGUE_DEFAULT = "For every product, unless your table says otherwise"
CATALOGUE_EARLIER = "Or open an earlier catalogue"
CATALOGUE_GO_ON = "Go on"
CATALOGUE_AGAIN = "Make all once more"
CATALOGUE_KEPT = "What was open before stays: it is among the earlier catalogues."
CATALOGUE_MADE = "{done} of {total} made"
CATALOGUE_ALIKE = "Look “{range}”: {alike} of {count} products are alike in camera, place and light"
CATALOGUE_UNSEEN = "Props, distance and the products themselves are not compared."
CATALOGUE_SHARED = "{count} products: {problem}"
CATALOGUE_ABOVE = "See above"
CATALOGUE_NO_SETTING = "No setting yet"
CATALOGUE_SETTING = "Click a look, or describe the setting."
CATALOGUE_START = "Make the pictures"
CATALOGUE_DOWNLOAD = "Download all"
CATALOGUE_PACK = "Download for channels"
CATALOGUE_ONE = "Drop photos, one of each product, or one CSV table together with its photos, or one zip."
CATALOGUE_HELD_BACK = Plural(
    "{count} picture has a doubtful cut-out and stays out of the download: approve it, or correct the cut-out.",
    "{count} pictures have doubtful cut-outs and stay out of the download: approve them, or correct the cut-outs.",
)
CATALOGUE_PLAIN = "plain, as the channel asks"
CATALOGUE_UNAPPROVED = "No picture of this catalogue is approved yet: approve some, then download."
CATALOGUE_GONE = "That catalogue is not here any more: drop it again."
CATALOGUE_EMPTY = "Your whole range, in one look"
CATALOGUE_FIRST = "Drop a photo of each product, click a look, choose the channels: the pictures appear here."
CATALOGUE_LISTS = "Many products, or several photos of each"
CATALOGUE_EXAMPLE = (
    "Drop a zip with a folder of photos for each product, or a CSV table together with its photos. A table needs a "
    "column photos; product, prompt, channels and count are optional."
)
CATALOGUE_TABLE = """product,photos,prompt,channels
Ceramic mug,mug-1.jpg;mug-2.jpg,on a walnut table,shopify;pinterest
Tea box,tea.jpg,on white marble,amazon-main"""
CATALOGUE_COLUMNS = ("Product", "Pictures")
CATALOGUE_PHOTOS = "{count} photos"
CATALOGUE_LINE = "line {number}"
CATALOGUE_PICTURES = Plural("{count} picture in all.", "{count} pictures in all.")
CATALOGUE_LEFT = Plural("{count} picture is still to be made.", "{count} pictures are still to be made.")
CATALOGUE_EXPECTED = "About {time} on this machine, judged by what it made before."
CATALOGUE_READY = "Not made yet"
CATALOGUE_IN_WORK = "In work"
CATALOGUE_WRONG = "Cannot be made"
CATALOGUE_PROBLEMS = "{count} of {total} cannot be made as they are; the others can."
CATALOGUE_MORE = "and {count} more, all of them in the report"
CATALOGUE_DOING = "Making the catalogue"
CATALOGUE_STOPPING = "Stopping; Go on begins the product in work anew."
CATALOGUE_STOPPED = "Stopped. What is made stays; Go on makes the rest."
CATALOGUE_SUMMARY = Plural(
    "{good} of {total} done, {count} finished picture.", "{good} of {total} done, {count} finished pictures."
)
CHANNELS = "Channels"
CUTOUTS = "Cut-outs"
CUTOUTS_START = "See the cut-outs first"
CUTOUTS_DOING = "Cutting the products out"
CUTOUTS_STOPPED = "Stopped. What is cut out stays."
CUTOUTS_DOUBTFUL = Plural(
    "{count} is doubtful and comes first: click it to correct it, or say that it is fine. The pictures are made with "
    "your corrections.",
    "{count} are doubtful and come first: click one to correct it, or say that it is fine. The pictures are made with "
    "your corrections.",
)
CUTOUTS_MARKED = Plural(
    "{count} has a place that is worth a look and comes first: click it to see where, and correct it.",
    "{count} have a place that is worth a look and come first: click one to see where, and correct it.",
)
CUTOUT_MARKED = "Worth a look"
CUTOUTS_SURE = "None is doubtful. Click one to correct it; the pictures are made with your correction."
CUTOUT_CORRECTED = "Corrected"
CUTOUT_FINE = "It is fine"
CUTOUT_NONE = "Not found"
CUTOUT_NEXT = "Next"
PAGE_BEFORE = "Page before"
PAGE_AFTER = "Next page"
PAGE_OF = "{first}–{last} of {total}"

# History
HISTORY_EMPTY = "Nothing yet. The pictures that you make will be here, with everything needed to make them again."
HISTORY_ELSEWHERE = "What was made in another browser is in the history there."
NOT_FOUND = "Nothing with “{text}” in its description or product."
SEARCH = "Search"
SEARCH_HINT = "Words of the description, or the product"
FILTERS = "Narrow down"
FILTER_KEPT = {"every": "All", "kept": "With pictures that passed", "none": "Without"}
FILTER_DECIDED = {"every": "All", "starred": "Starred", "approved": "Approved", "rejected": "Rejected"}
FILTER_ANY = "Any"
SINCE = "From day"
UNTIL = "To day"
NOTHING_FITS = "Nothing fits: widen what you ask for."
NO_DATE = "“{text}” is not a date: write it like 2026-01-31."
COMPARE_WITH = "Compare with other pictures"
COMPARED = Plural("{count} setting differs", "{count} settings differ")
DIFFERS = "differs"
MORE = "Show more"
USE = "Use these settings"
REPLAY = "Make again and compare"
DELETE = "Delete"
DELETE_SURE = "Delete for good"
DELETE_KEEP = "Keep it"
DELETED = "The pictures are deleted."
CHOOSE = "Choose"
CHOSEN = "What is chosen"
CHOSEN_RUNS = ("{count} set of pictures", "{count} sets of pictures")
CHOSEN_PICTURES = ("{count} picture", "{count} pictures")
CHOOSE_ALL = "Choose all"
CHOOSE_NONE = "Choose none"
CHOSEN_EXPORT = "Download what is chosen"
NONE_APPROVED = "None of what is chosen is approved: approve pictures, or untick Only approved."
NOTHING_CHOSEN = "None of what is chosen can be downloaded: choose pictures that passed or were approved."
JUDGED = Plural("{count} picture: {what}.", "{count} pictures: {what}.")
JUDGED_NONE = "Nothing changed: the chosen pictures stand so already, or none of their set passed."
TAKE_BACK = "Take back"
DELETED_CHOSEN = Plural("{count} set of pictures is deleted.", "{count} sets of pictures are deleted.")
CHOOSE_RUN = "Choose pictures from the list to see them with their settings."
SETTINGS = "Settings"
WHEN = "Made on"
MOMENT = "%d %b %Y, %H:%M"
DEVICE = "Device"
PHOTOS = "Photos"
CUT_WITH = "Cut out with"
SECONDS = "Seconds"
YES = "yes"
NO = "no"
REPLAYING = "Making every picture again…"
IDENTICAL = "Every picture came out the same, pixel for pixel."
WITHIN = "Every picture came out the same within the tolerance of this device."
DIFFERENT = "Some pictures came out different on this machine."
SEED_SAME = "Seed {seed}: identical"
SEED_DIFFERS = "Seed {seed}: differs by up to {difference} of 255"
SEED_UNKNOWN = "Seed {seed}: different; the old picture is gone, so by how much is unknown"
RECALLED_WORDS = "The description, seed and size of this picture are in the form; its photos are not yours to see."
FILLED = "The form is filled with the photos and settings of these pictures."

# Setup
OWN_CHANNELS = "Channels of your own"
OWN_CHANNELS_HINT = (
    "What your shop wants of a picture; it is offered beside the other channels, and to the command line."
)
OWN_CHANNEL = "Channel"
OWN_CHANNEL_NEW = "A new one"
OWN_CHANNEL_TITLE = "Its name"
OWN_CHANNEL_FORMAT = "File format"
OWN_CHANNEL_FILL = "Product, as a share of the picture"
OWN_CHANNEL_FILL_HINT = "Of the picture's side, that the product's longer side takes"
OWN_CHANNEL_GROUND = "Plain ground"
OWN_CHANNEL_GROUND_HINT = "A colour as #FFFFFF; empty for a scene"
OWN_CHANNEL_NO_COLOUR = "{text!r} is not a colour: give one as #F5F5F5, or none."
OWN_CHANNEL_SIZELESS = "Say how large its pictures are, in pixels, for example 1200x1500."
OWN_CHANNEL_TAKEN = "There is a channel called {name} already: give this one another name."
OWN_CHANNEL_SAVE = "Save the channel"
OWN_CHANNEL_SAVED = "The channel is saved, and offered wherever pictures are made."
OWN_CHANNEL_DELETED = "The channel is deleted. Pictures that were made for it stay."
OWN_CHANNEL_FORBIDDEN = "Only on the machine itself, or after a login, can channels be changed."
MACHINE_HINT = "What works on this computer, and what you could add."
MACHINE_LOADING = "Looking around…"
READY = "Ready"
WORKS = "Works"
NOT_SET_UP = "Not set up"
LOOK_AT = "Needs you"
FINDINGS = {  # what is looked at, what it is called, and what to say where all is there, and where something is missing
    "device": (
        "Speed",
        "A graphics card helps to make the pictures.",
        "Everything works without a graphics card. Pictures take longer.",
    ),
    "studio": (
        "Making pictures",
        "Rooms, light and shadows are built on this computer, as fast as it goes.",
        "Rooms, light and shadows are built on this computer. It could be faster.",
    ),
    "masks": (
        "Cutting products out",
        "Done by the best models that are known here.",
        "Done by a small model of our own. Larger ones do better with difficult photos.",
    ),
    "further maskers": (
        "More ways to cut out",
        "There are others to try where a cut-out goes wrong.",
        "You could add others, to try where a cut-out goes wrong.",
    ),
    "soft edges": (
        "Hair and fur",
        "A model of their own keeps fine hairs.",
        "Kept by their colours. A model of their own keeps finer hairs.",
    ),
    "identity": (
        "Is it still your product?",
        "Each picture is compared with your photos, part by part.",
        "Each picture is compared with your photos. A further model does better where the product is drawn anew.",
    ),
    "words": (
        "Texts for the shop",
        "Alt texts, titles and descriptions can be written for you.",
        "Nobody writes alt texts, titles and descriptions yet. Add a writer, and it will.",
    ),
    "home": (
        "Where your work is kept",
        "On this computer. What you make stays there.",
        "What you make cannot be kept: the folder cannot be written.",
    ),
    "cache": ("Kept for speed", "What was worked out once is not worked out again.", ""),
    "free space": (
        "Room on the disk",
        "There is enough room.",
        "There is little room left. Free some before you go on.",
    ),
    "versions": ("For those who help you", "The versions of the programs inside.", ""),
}
TECHNICAL = "Technical details"
WEIGHTS = "Models you can add"
WEIGHTS_HINT = (
    "Each does something better than what is there. You see its size and licence; nothing is fetched until you press."
)
WEIGHTS_GROUPS = {
    "pictures": "Ways to make pictures",
    "parts": "To cut out, to compare, to guide pictures",
    "words": "To write words",
}
WEIGHTS_COLUMNS = ("Size", "Licence", "State")
SIZE_LATER = "not known yet"
ASK_SIZES = "Ask the hub for the sizes"
ABOUT = "about {size}"
MISSING = "Missing"
BEGIN_WITH = "Begin with this"
NOT_FOR_BUSINESS = "Not for business"
PULL = "Fetch"
PULL_LABEL = "Fetch {title}"
PULL_BEGINS = "Beginning…"
PULL_FORBIDDEN = "Only on the machine itself, or after a login, can weights be fetched."
STORAGE = "Storage"
STORAGE_RUNS = "Pictures and their photos"
STORAGE_LABS = "Lab"
STORAGE_CATALOGUES = "Catalogues"
STORAGE_WEIGHTS = "Models"
STORAGE_CACHE = "Uploads and cache"
STORAGE_FREE = "Free on this disk"
KEPT_UPLOADS = Plural(
    "Uploads and downloads are removed after {count:g} hour.",
    "Uploads and downloads are removed after {count:g} hours.",
)
KEPT_FOREVER = "Pictures are kept until you delete them."
KEPT_DAYS = Plural("Pictures are removed after {count:g} day.", "Pictures are removed after {count:g} days.")

QUOTED = "“{text}”"
UNEXPECTED_TITLE = "That did not work"
WARNING_TITLE = "Please note"
WRONG_KIND = "{files} cannot be used here. What can be: {kinds}."
UNEXPECTED = "Something unexpected happened ({kind}); the details are in the window where the app was started."
