/* archive_file.h - an archive as a command's file or stream: written under another name until it is whole, its key from a file.
 *
 *     struct archive_out out;
 *     if (!archive_out_begin(cli, path, &out)) return cli_fail(cli);
 *     archive = archive_create(cli->arena, archive_out_write, &out, &header, &secret, &errors);
 *     ok = ...write... && archive_out_end(&out);      // or archive_out_drop(&out)
 */
#ifndef CLI_ARCHIVE_FILE_H
#define CLI_ARCHIVE_FILE_H

#include "cli/cli.h"
#include "core/archive.h"
#include "core/backup.h"

#define ARCHIVE_SECRET_OPTIONS                                                                                                   \
    {"--key-file", "FILE", "encrypted with the content of this file, 32 random bytes or more"},                                  \
        {"--passphrase-file", "FILE", "encrypted with the first line of this file; - reads standard input"}

/* What the options say; neither: not encrypted. False with errors. */
bool archive_secret_of(struct cli *cli, struct archive_secret *secret);

struct archive_out {
    struct cli *cli;
    const char *path, *aside; /* aside NULL: standard output */
    int fd;
};
/* "-" is standard output. */
bool archive_out_begin(struct cli *cli, const char *path, struct archive_out *out);
archive_io archive_out_write;
/* On the disk for good, and under its name. */
bool archive_out_end(struct archive_out *out);
void archive_out_drop(struct archive_out *out);

/* Opens FILE ("-" is standard input) and its header; the file is closed when the arena ends. NULL with errors. */
struct archive_reader *archive_in(struct cli *cli, const char *path, const struct archive_secret *secret);

/* "12 companies, 3400 records, 5 stored files, 1200 bytes in them" or the members of a JSON object. */
void archive_say(struct buf *b, const struct backup_counts *counts, bool json);
/* The header that this program writes now. */
struct archive_header archive_header_now(struct cli *cli, const char *what);

#endif
