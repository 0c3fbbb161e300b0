"""Words: alt text, title and selling description, by a vision-language model that sees the picture and the given facts.

`request` says what is wanted, `choice` who can be asked (`local` on this machine, `endpoint` anywhere), `languages` in
which language, `cleanup` what becomes of an answer, and `texts` asks for all texts of a product.
"""
