"""Aliyun RTC, generation 2 (API `rtc`, 2018-01-11): what its two products, `mpu` (relay) and `record`, have in common.

More than 15 modules, because relay and recording draw the same panes: `layouts`, `panes`, `people`, `pictures`, `texts`,
`crop`, `mixing`, `encoding` write a call, `importing`, `reading` and `stored_panes` read one back.
"""
