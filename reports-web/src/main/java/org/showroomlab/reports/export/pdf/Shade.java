package org.showroomlab.reports.export.pdf;

import java.util.Locale;

/** The colours of print, dark enough on white and apart in grey too. */
enum Shade {
    INK(0x191c20, 0xffffff),
    MUTED(0x5a626c, 0xf1f2f3),
    LINE(0xd4d7db, 0xffffff),
    RUNNING(0x2450b4, 0xe9eef9),
    GOOD(0x17703f, 0xe6f3eb),
    BAD(0xb02a1e, 0xfbeae8),
    WARN(0x835400, 0xfaf0dc),
    STOP(0x4a4f57, 0xececee),
    UNCLEAR(0x56606c, 0xffffff);

    private final int dark;
    private final int light;

    Shade(int dark, int light) {
        this.dark = dark;
        this.light = light;
    }

    /** The shade of a page's tone; muted for one without. */
    static Shade of(String tone) {
        for (Shade shade : values()) {
            if (shade.name().toLowerCase(Locale.ROOT).equals(tone)) {
                return shade;
            }
        }
        return MUTED;
    }

    /** Red, green and blue, each 0 to 1. */
    float[] rgb() {
        return parts(dark);
    }

    /** The same of the background that goes with it. */
    float[] softRgb() {
        return parts(light);
    }

    private static float[] parts(int rgb) {
        return new float[] {(rgb >> 16 & 0xff) / 255f, (rgb >> 8 & 0xff) / 255f, (rgb & 0xff) / 255f};
    }
}
