/* record_files.h - the files of a record where it is shown: small pictures, names and sizes, and where further ones are added. */
#ifndef HTTP_RECORD_FILES_H
#define HTTP_RECORD_FILES_H

#include "http/frame.h"
#include "http/value.h"

#define RECORD_FILES_SHOWN 12

struct record_file {
    struct str name, href, download;
    struct str thumb;  /* empty: an icon stands for it */
    struct str detail; /* "1.8 MB, Priya Raman" */
    struct value_view when;
};
struct record_files {
    struct record_file *at;
    size_t count;
    bool shown; /* records of this kind have files, and the actor may see them */
    bool more;  /* than are shown: all of them are at all_href */
    struct str all_href;
    struct str upload; /* an upload's subject_type; empty: the actor may not add any */
};

/* "1.8 MB" */
struct str record_files_size(struct arena *arena, int64_t bytes);
/* Where the thumbnail of a file's record is; empty where there is none. */
struct str record_files_thumb(struct request *req, const struct row *file);
/* `deleted`: nothing is added to it. */
struct record_files record_files_of(struct request *req, struct values *values, const struct row *row, bool deleted);

#endif
