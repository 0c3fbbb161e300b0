from ecomgen.scenes.studio.wish import Wish
from ecomgen.types import Understanding
def wish_for(prompt, product=""):
    place = next((p for p in ("window","garden","beach") if p in prompt), None)
    return Wish(place=place)
def parse(prompt, product=""): return Understanding()
