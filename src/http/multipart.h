/* multipart.h - reads multipart/form-data (RFC 7578) piece by piece, in bounded memory, from any source of bytes.
 *
 * The sink is told of each part's beginning, data and end; it returns false (with an error) to stop. The parser refuses more
 * than 512 parts, part headers over 8 KB, names that are not UTF-8, and text that ends before the closing boundary.
 *
 *     struct multipart *m = multipart_new(arena, boundary, &sink);
 *     if (!multipart_feed(m, bytes, errors) || !multipart_end(m, errors)) ...
 */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "base/arena.h"
#include "base/errors.h"
#include "base/str.h"

struct multipart_part {
    struct str name;
    struct str file_name; /* without any path; empty where none was given */
    struct str content_type;
    bool is_file; /* it has a file name, perhaps an empty one: a file input that was left empty */
};
struct multipart_sink {
    bool (*begin)(void *arg, const struct multipart_part *part, struct errors *errors);
    bool (*data)(void *arg, struct str bytes, struct errors *errors);
    bool (*end)(void *arg, struct errors *errors);
    void *arg;
};

struct multipart;
/* The boundary of a Content-Type header's value; empty where there is none or it is malformed. */
struct str multipart_boundary(struct arena *arena, struct str content_type);
struct multipart *multipart_new(struct arena *arena, struct str boundary, const struct multipart_sink *sink);
bool multipart_feed(struct multipart *m, struct str bytes, struct errors *errors);
bool multipart_end(struct multipart *m, struct errors *errors);

#endif
