# SPDX-License-Identifier: MIT
"""How each sound is made: what a person hears, then the parts of it. Times in seconds, frequencies in
Hz. SOUNDS says how loud each is made."""

import random

from synthesis import RATE, add, band, decay, faded, filtered, hump, noise, room, shaped, silence, struck, tone

# (ratio, gain, time constant) of things that are struck. A free bar of wood or metal rings at
# 1 : 2.756 : 5.404; a celesta's resonators keep the first and the octaves.
WOOD = ((1, 1.0, 0.0042), (2.756, 0.45, 0.0021), (5.404, 0.16, 0.0011))
METAL = ((1, 0.7, 0.0030), (1.67, 1.0, 0.0022), (2.52, 0.55, 0.0015))
CASE = ((1, 0.8, 0.0065), (2.31, 0.5, 0.0040), (3.62, 0.22, 0.0022))
TRAY = ((1, 0.5, 0.016), (1.58, 0.35, 0.012), (2.47, 0.2, 0.008))
CELESTA = ((1, 1.0, 0.210), (2.003, 0.32, 0.120), (4.01, 0.13, 0.050), (6.8, 0.035, 0.018))
MARIMBA = ((1, 1.0, 0.160), (3.93, 0.10, 0.035), (9.2, 0.02, 0.010))


def tick():
    """A fingertip on a small wooden box: 12 ms of wood, a breath of skin, a little body."""
    sound = silence(0.036)
    add(sound, struck(0.036, 1240, WOOD, 0.0005))
    add(sound, struck(0.036, 395, ((1, 1, 0.0055),), 0.001), gain=0.5)
    add(sound, shaped(band(noise(0.006, 1), 2200, 7000), decay(0.006, 0.0004, 0.0011)), gain=0.35)
    return sound


def slide():
    """Felt over a notch: rounder and lower than a tick, so that a row of them is a purr."""
    sound = silence(0.045)
    add(sound, shaped(tone(0.045, 690, to=560), decay(0.045, 0.0025, 0.0075)))
    add(sound, shaped(tone(0.045, 1720, to=1500), decay(0.045, 0.0015, 0.0028)), gain=0.22)
    add(sound, shaped(band(noise(0.03, 2), 700, 2600), decay(0.03, 0.002, 0.0050)), gain=0.55)
    return sound


def twist():
    """One tooth of a fine ratchet: the pawl lifts, and drops 4 ms later."""
    sound = silence(0.030)
    for at, gain, pitch in ((0.0, 0.40, 2050), (0.0042, 1.0, 1720)):
        add(sound, struck(0.024, pitch, METAL, 0.0003), at, gain)
        add(sound, shaped(band(noise(0.004, 3), 3200, 9000), decay(0.004, 0.0002, 0.0007)), at, 0.5 * gain)
    add(sound, struck(0.024, 520, ((1, 1, 0.0040),), 0.0008), 0.0042, 0.35)
    return sound


def swipe():
    """Cream drawn over skin: a band of noise that rises and thins out, with a soft body below."""
    length = 0.23
    air = filtered(noise(length, 4), "band", 1000, 1.8, to=3600)
    body = filtered(noise(length, 5), "low", 520)
    sound = shaped(air, hump(length, 0.34))
    return add(sound, shaped(body, hump(length, 0.25)), gain=0.55)


def click():
    """A lacquered cap goes home: the edge meets, the magnet takes it, the case answers."""
    sound = silence(0.110)
    add(sound, struck(0.05, 1480, METAL, 0.0004), 0.0, 0.30)
    add(sound, struck(0.09, 1120, CASE, 0.0004), 0.009)
    add(sound, shaped(tone(0.09, 235, to=165), decay(0.09, 0.0012, 0.0170)), 0.009, 0.9)
    add(sound, shaped(band(noise(0.012, 6), 1500, 7000), decay(0.012, 0.0003, 0.0016)), 0.009, 0.45)
    return sound


def chime():
    """Two celesta notes, a fifth up: somebody came, and is welcome."""
    sound = silence(0.80)
    add(sound, struck(0.60, 783.99, CELESTA, 0.003), 0.0, 0.8)
    add(sound, struck(0.66, 1174.66, CELESTA, 0.003), 0.115, 1.0)
    return room(sound, 0.22, 0.35)


def burst():
    """Air that opens, a run of bells up a pentatonic scale, glitter that falls through it."""
    length = 1.0
    air = shaped(filtered(noise(length, 7), "band", 900, 0.8, to=4200), decay(length, 0.035, 0.115))
    sound = add(silence(length), air, gain=0.55)
    for i, pitch in enumerate((1046.50, 1318.51, 1567.98, 1760.00, 2093.00)):
        add(sound, struck(length - 0.05 * i, pitch, CELESTA, 0.002), 0.02 + 0.052 * i, 0.34 + 0.06 * i)
    dice = random.Random(8)
    for _ in range(22):
        at = 0.10 + 0.62 * dice.random()
        grain = struck(0.05, dice.uniform(3600, 7600), ((1, 1, 0.011),), 0.0006)
        add(sound, grain, at, 0.12 * dice.random() * (1 - at))
    return room(sound, 0.28, 0.45)


def paper():
    """A ticket pushed out of a slot: the slot's teeth in a rustle, then the free end flicks."""
    length = 0.26
    rustle = band(noise(length, 9), 1900, 6500)
    dice, teeth, at = random.Random(10), silence(length), 0.0
    while at < 0.19:
        add(teeth, decay(0.02, 0.0008, 0.0042), at, dice.uniform(0.35, 1.0))
        at += dice.uniform(0.009, 0.015)
    sound = add(shaped(rustle, teeth), shaped(rustle, hump(length, 0.4)), gain=0.22)
    flick = shaped(band(noise(0.05, 11), 900, 4200), decay(0.05, 0.0015, 0.0085))
    return add(sound, flick, 0.195, 0.9)


def drop():
    """Something small and heavy lands in a tray, and once more, softer."""
    sound = silence(0.36)
    for at, gain, pitch in ((0.0, 1.0, 128), (0.118, 0.32, 142)):
        add(sound, shaped(tone(0.24, pitch, to=pitch * 0.6), decay(0.24, 0.0015, 0.045)), at, gain)
        add(sound, struck(0.10, 455, TRAY, 0.0006), at, 0.5 * gain)
        add(sound, shaped(filtered(noise(0.06, 12), "low", 900), decay(0.06, 0.0008, 0.011)), at, 0.8 * gain)
    return sound


def soft():
    """A knock on a marimba with a hand around the mallet, twice: is anybody still there?"""
    sound = silence(0.86)
    for at, gain in ((0.0, 0.85), (0.30, 1.0)):
        add(sound, struck(0.56, 523.25, MARIMBA, 0.010), at, gain)
        add(sound, struck(0.56, 261.63, ((1, 1, 0.12),), 0.014), at, 0.35 * gain)
    return room(sound, 0.18, 0.30)


# In the order of audio::Sound. `loudness`: LUFS in the loudest 400 ms; `peak`: dBFS at most. Long
# sounds are brought to -18 LUFS; a tick has no 400 ms, its peak decides.
SOUNDS = (
    (tick, -18, -9), (slide, -18, -11), (twist, -18, -11), (swipe, -22, -9), (click, -18, -6),
    (chime, -18, -3), (burst, -18, -3), (paper, -22, -8), (drop, -18, -4), (soft, -18, -3),
)


def finished(recipe):
    """Without what is too low to be heard and only moves the cone, and with a quiet end."""
    sound = filtered(recipe(), "high", 55)
    return faded(sound, 0.2 * len(sound) / RATE)
