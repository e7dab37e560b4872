/* file_thumb.h - thumbnails of stored pictures, kept beside the files by their content: .thumbs/TENANT/ab/SHA-256, an empty file
 * where there is none to be had. They are made at upload or when somebody first asks, and may be thrown away at any time. */
#ifndef HTTP_FILE_THUMB_H
#define HTTP_FILE_THUMB_H

#include "base/arena.h"
#include "base/str.h"

#define FILE_THUMB_SIDE 480

/* For a page: whether it is worth asking for one of this file. Looks, but makes nothing. */
bool file_thumb_may(struct arena *arena, const char *dir, struct str key, struct str type);
/* The path of the thumbnail, made where it was not there yet; NULL where there is none. Takes its time: for workers. */
const char *file_thumb_path(struct arena *arena, const char *dir, struct str key, struct str type);

#endif
