/* banned.h - calls that have no safe use here become compile errors. Included in every file by the build (-include). */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok
#pragma GCC poison gmtime localtime ctime asctime atoi atol atoll srand
/* Only as a call: OpenSSL's headers name parameters so. */
int rand(void) __attribute__((deprecated("use randombytes_buf or randombytes_uniform")));

#endif
