from masking.conftest import *
from conftest import *
from ecomgen.masking import find_mask, remembering, sam
from masking.pictured import photo_of
from ecomgen.types import MaskRequest
def test_x(with_sam, mug):
    with_sam()
    photo=photo_of(mug[0])
    orig=remembering._from_disk
    find_mask(photo, MaskRequest(masker="sam-clip"))
    print(list(remembering.folder().iterdir()))
    remembering.forget()
    def f(key):
        r=orig(key); print(key, r is not None, (remembering.folder()/(key+'.npz')).exists()); return r
    remembering._from_disk=f
    find_mask(photo, MaskRequest(masker="sam-clip"))
    assert 0
