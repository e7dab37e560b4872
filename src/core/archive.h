/* archive.h - the file that a backup is: a sequence of checked, compressed and, where there is a key, encrypted chunks.
 *
 *     8 bytes  "TENONBK\n"
 *     4 bytes  version of the format, 1
 *     4 bytes  length of the header
 *     header   JSON: what it is, of which schema, when made, how encrypted
 *     chunks   kind (1 byte), length when unpacked (4), length as stored (4), stored bytes, hash (32)
 *
 * Numbers are little-endian. Stored bytes are one Zstandard frame, inside one message of libsodium's secretstream
 * (XChaCha20-Poly1305) where the archive is encrypted. Each hash is BLAKE2b-256 over the hash before it (at first that of
 * everything before the first chunk), the nine bytes of the chunk's head and the stored bytes: so each proves all of the file up
 * to it, and a chunk that was changed, left out, put elsewhere or added shows at once. Nothing follows the chunk ARCHIVE_END; a
 * file without it is cut short. Who has no key can change a file and its hashes; with one, secretstream refuses that too.
 *
 * Rows and tables inside the chunks are backup.h's.
 */
#ifndef CORE_ARCHIVE_H
#define CORE_ARCHIVE_H

#include "base/buf.h"
#include "base/errors.h"
#include "core/kind.h"

#define ARCHIVE_FORMAT 1
#define ARCHIVE_CHUNK (1u << 20)       /* bytes after which a chunk is full */
#define ARCHIVE_CHUNK_MOST (64u << 20) /* a chunk may hold one row more than fits */

enum archive_kind {
    ARCHIVE_INFO = 'I',  /* JSON: tenants and counts; the first */
    ARCHIVE_TABLE = 'T', /* JSON: whose rows follow */
    ARCHIVE_ROWS = 'R',
    ARCHIVE_FILE = 'F',  /* JSON: whose content follows */
    ARCHIVE_DATA = 'D',
    ARCHIVE_END = 'E',   /* JSON: what there should have been */
};

/* What an archive is locked with. A key file's content is any 32 bytes or more; a passphrase goes through argon2id. */
struct archive_secret {
    enum { ARCHIVE_UNLOCKED, ARCHIVE_KEY_FILE, ARCHIVE_PASSPHRASE } kind;
    struct str text;
};

/* What a header says. */
struct archive_header {
    struct str what;    /* "backup" or "tenant" */
    struct str program; /* version that made it */
    int64_t schema;     /* number of its last migration */
    int64_t made_at;    /* ms */
    bool encrypted;
};

/* Writes n bytes, or reads up to n; returns how many, 0 at the end of what is read, -1 with errno. */
typedef int64_t archive_io(void *arg, void *bytes, size_t n);

struct archive_writer;
/* Writes the header. Ends with the arena, its key wiped. NULL with errors. */
struct archive_writer *archive_create(struct arena *arena, archive_io *write, void *arg, const struct archive_header *header,
                                      const struct archive_secret *secret, struct errors *errors);
bool archive_write(struct archive_writer *w, enum archive_kind kind, struct str bytes);
int64_t archive_written(const struct archive_writer *w); /* bytes so far */

struct archive_reader;
/* Reads the header. NULL with errors: no archive, of a newer format, or locked with something else than `secret`. */
struct archive_reader *archive_open(struct arena *arena, archive_io *read, void *arg, const struct archive_secret *secret,
                                    struct errors *errors);
const struct archive_header *archive_header(const struct archive_reader *r);
/* Where errors of reading go from now on. */
void archive_tell(struct archive_reader *r, struct errors *errors);
/* The next chunk; its bytes are good until the call after. False behind ARCHIVE_END, and with errors for what is damaged. */
bool archive_read(struct archive_reader *r, enum archive_kind *kind, struct str *bytes);

/* A key for what shall be sealed once more inside the archive; NULL where it is not encrypted. */
const unsigned char *archive_inner_key(const struct archive_reader *r);
const unsigned char *archive_writer_inner_key(const struct archive_writer *w);

/* One value of a row, of any database: nothing, an integer or bytes, exactly. False where `rest` does not hold one. */
void archive_put_value(struct buf *b, struct value value);
bool archive_get_value(struct str *rest, struct value *value);

#endif
