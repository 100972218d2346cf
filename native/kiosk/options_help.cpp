// SPDX-License-Identifier: MIT
#include "native/kiosk/options.h"

namespace vitrine {

std::string_view kiosk_help() {
  return R"(usage: vitrine-kiosk --server ws://HOST:PORT/ws --campaign ID-or-DIR --data DIR
       vitrine-kiosk --offline --campaign DIR --data DIR
       vitrine-kiosk --calibrate --data DIR
       vitrine-kiosk --set-pin --data DIR

An in-store screen: shows a campaign and records every touch.

  --server URL        the server's WebSocket, ws:// or wss://
  --offline           never connect; what is recorded waits in --data
  --campaign X        a folder with campaign.json, or a campaign's id at the server
  --data DIR          where the key, the outbox and the last good campaign are kept
  --outbox-rows N     what is kept at most while the server is away (default 100000); beyond it the
                      oldest go, counted
  --good-after S      with the picture on screen for S seconds a start was good (default 60); after
                      three in a row that were not, the last good campaign is shown, then none.
                      Scripts and pictures count no starts unless this is given
  --enrol CODE        first become a device of this server, by a code of `vitrine device add`
  --ca FILE           also trust the certificates in this PEM file
  --fonts DIR         fonts to write with (default: those built with the program)

  --rotate DEG        turn the picture clockwise by 0, 90, 180 or 270 degrees (default: as the
                      panel's settings in --data say)
  --burn-in-shift N   move the picture slowly within N pixels, 0 to 16 (default 4, in a window 0)
  --no-keyboard       no key does anything
  --panel-mm WxH      the lit area in millimetres as it hangs, as 680x1210, and how high
  --panel-bottom-mm N its lower edge is above the floor: with both the shopper's "lower controls"
                      moves everything within reach (default: as the panel's settings say)
  --switch one|two    operation by switches that send keys: with one, Enter or Space, the focus
                      moves by itself and the switch presses what it is on; with two, Space moves
                      it on and Enter presses
  --switch-seconds S  how long the focus stays on each, 0.5 to 20 (default 1.8)
  --set-pin           read the service panel's PIN, 4 to 12 digits, from standard input
  --dev               with --windowed: the service panel opens without a PIN
  --calibrate         show targets to be tapped; what comes of it is kept in --data

  --windowed          a window instead of the full screen
  --size WxH          its size in points (default 1080x1920)
  --pixel-ratio R     device pixels a point, 0.1 to 4 (default: the system's)
  --frame-rate N      frames a second at most, 10 to 60 (default 60): a computer that gets too
                      warm behind its panel does half the work at 30
  --language TAG      zh, en, ... (default: the campaign's)
  --mode MODE         live, rehearsal or test: how what is recorded is marked
  --reduced-motion    no large movement
  --volume N          per cent, 0 to 100 (default: as the panel's settings say, else the
                      campaign's)
  --mute              neither sounds nor speech; no audio device is opened
  --sounds DIR        sounds to play (default: those built with the program; scripts are silent
                      without it)
  --backlight DIR     where the panel's light is set (default: /sys/class/backlight)
  --seed N            makes what is random on screen repeatable

  --script FILE       touches, waits, pictures (docs/kiosk.md)
  --frames N          end after N frames of exactly 1/60 s each, whatever the machine's speed
  --screenshot FILE   a PNG of the last frame
  --shots DIR         pictures of every scene, state and language, and a sheet of each scene, in
                      five sizes or in that of --size, then end
  --help, --version

Without a display --script, --frames, --screenshot and --shots draw off screen.

Exit codes: 0 ended as asked; 1 display, fonts or network cannot start; 2 command line or script;
3 --data in use or not writable; 4 the server refused to enrol; 5 a wait or expectation of the
script failed; 6 the campaign is broken (only where nobody looks; a screen in service shows why).
)";
}

}  // namespace vitrine
