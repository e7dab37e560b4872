/* picture.h - a small JPEG of a foreign picture: a face of libjpeg-turbo, libpng and libwebp.
 *
 * The bytes come from outside and may be made to do harm, so all is bounded before anything is decoded: bytes, pixels, passes,
 * memory. What is broken has no thumbnail; what is only cut off may have one of what is there. Takes its time: for workers.
 *
 *     struct str small;
 *     if (picture_thumbnail(arena, bytes, 480, &small)) ... image/jpeg
 */
#ifndef SERVICE_PICTURE_H
#define SERVICE_PICTURE_H

#include "base/arena.h"
#include "base/str.h"

#define PICTURE_BYTES ((size_t)40 << 20)
#define PICTURE_PIXELS 24000000      /* of a PNG or WebP, which are decoded whole */
#define PICTURE_JPEG_PIXELS 80000000 /* of a JPEG, which is decoded small */
#define PICTURE_SIDE 1024            /* the largest thumbnail */

/* JPEG, PNG or WebP of at most `side` by `side` pixels, the right way up, on white where it is transparent; never larger than the
 * picture. False where it is none of these, broken or too large. */
bool picture_thumbnail(struct arena *arena, struct str bytes, int side, struct str *jpeg);
/* Whether a type is one of them. */
bool picture_type(struct str type);

#endif
