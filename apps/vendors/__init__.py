"""How each RTC cloud is called: a pure package (no Django), one folder a vendor.

The modules of this level are the contract, read from the top: `types`, `report`, `callback`, `capabilities`, `fields` and
`plan` are values; `adapter` and `abilities` are what a product implements; `registry`, `spec`, `command` and `http` are
what callers use; the rest (`frame`, `sizing`, `outputs`, `background_bake`, `drawn`, `painter`, `redaction`, `snippets`,
`request_template`, `media`, `signed_urls`, `sample`, `readme`) is shared by adapters. They stay together because every adapter uses most of them.
"""
