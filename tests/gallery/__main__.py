"""Makes docs/gallery anew: `make gallery`. Needs no browser."""

from __future__ import annotations

from tests.gallery.page import page
from tests.gallery.story import tell_everything
from tests.kit.words import ROOT

GALLERY = ROOT / "docs/gallery/index.html"

if __name__ == "__main__":
    GALLERY.parent.mkdir(exist_ok=True)
    GALLERY.write_text(page(tell_everything()), encoding="utf-8", newline="\n")
    print(f"{GALLERY.relative_to(ROOT)}: {GALLERY.stat().st_size // 1024} KiB")
