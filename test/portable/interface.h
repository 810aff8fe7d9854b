/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef INTERFACE_H
#define INTERFACE_H

/*
 * What the C library of a system declares, as far as the library uses it: the
 * types, the order of members and the values that the sources of FreeBSD,
 * OpenBSD, NetBSD, bionic, macOS (Libinfo, xnu) and mingw-w64 have. The test
 * compiles the library for these systems with this in the place of each of
 * their headers.
 */

#include <stddef.h>
#include <stdint.h>

/* ---- <errno.h>, <stdlib.h>, <string.h> ----------------------------------- */

int *error_place(void);
#define errno (*error_place())
#define ENOENT 2
#define EINTR 4
#define ENOMEM 12
#define ERANGE 34
#if defined _WIN32
#  define ENOSYS 40
#elif defined __ANDROID__
#  define ENOSYS 38
#else
#  define ENOSYS 78
#endif

void *calloc(size_t, size_t);
void free(void *);
void *malloc(size_t);
unsigned long strtoul(const char *, char **, int);

void *memchr(const void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memcpy(void *, const void *, size_t);
int strcmp(const char *, const char *);
char *strerror(int);
size_t strlen(const char *);
char *strrchr(const char *, int);

/* ---- Files --------------------------------------------------------------- */

int open(const char *, int, ...);
int close(int);
#define O_RDONLY 0

#if defined _WIN32

int read(int, void *, unsigned);
struct stat {
	unsigned short st_mode;
	short st_uid;
	long st_size;
};
#define O_BINARY 0x8000
#define _O_NOINHERIT 0x80

#else

typedef long ssize_t;
ssize_t read(int, void *, size_t);
struct stat {
	uint32_t st_uid;
#if defined __ANDROID__ || defined __OpenBSD__ || defined __NetBSD__
	uint32_t st_mode;
#else
	uint16_t st_mode;
#endif
	int64_t st_size;
};
int stat(const char *, struct stat *);
#if defined __ANDROID__
#  define O_NONBLOCK 04000
#  define O_CLOEXEC 02000000
#  define O_NOCTTY 0400
#else
#  define O_NONBLOCK 4
#  define O_CLOEXEC 0x100000
#  define O_NOCTTY 0x8000
#endif
#define S_IWGRP 020
#define S_IWOTH 02

#endif

int fstat(int, struct stat *);
#define S_IFMT 0170000
#define S_IFREG 0100000

/* ---- Addresses ----------------------------------------------------------- */

#if defined _WIN32
#  define CALL __stdcall
typedef int socklen_t;
#elif defined __ANDROID__ && !defined __LP64__
#  define CALL
typedef int socklen_t;
#else
#  define CALL
typedef uint32_t socklen_t;
#endif

#if defined __ANDROID__ || defined _WIN32
#  define FAMILY unsigned short
#else
#  define FAMILY uint8_t length; uint8_t
#endif
struct sockaddr {
	FAMILY sa_family;
	char sa_data[14];
};
struct sockaddr_in {
	FAMILY sin_family;
	uint16_t sin_port;
	uint32_t sin_addr;
	char sin_zero[8];
};
struct sockaddr_in6 {
	FAMILY sin6_family;
	uint16_t sin6_port;
	uint32_t sin6_flowinfo;
	uint8_t sin6_addr[16];
	uint32_t sin6_scope_id;
};

#define AF_INET 2
#if defined __ANDROID__
#  define AF_INET6 10
#elif defined __FreeBSD__
#  define AF_INET6 28
#elif defined __APPLE__
#  define AF_INET6 30
#elif defined _WIN32
#  define AF_INET6 23
#else
#  define AF_INET6 24
#endif

#if defined __ANDROID__
enum { IPPROTO_TCP = 6, IPPROTO_UDP = 17 };
#  define SOCK_DCCP 6
#else
#  define IPPROTO_TCP 6
#  define IPPROTO_UDP 17
#endif
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_SEQPACKET 5

uint16_t CALL htons(uint16_t);
uint16_t CALL ntohs(uint16_t);

/* ---- <netdb.h> ----------------------------------------------------------- */

struct servent {
	char *s_name;
	char **s_aliases;
#if defined _WIN64
	char *s_proto;
	short s_port;
#elif defined _WIN32
	short s_port;
	char *s_proto;
#else
	int s_port;
	char *s_proto;
#endif
};

struct addrinfo {
	int ai_flags;
	int ai_family;
	int ai_socktype;
	int ai_protocol;
#if defined _WIN32
	size_t ai_addrlen;
#else
	socklen_t ai_addrlen;
#endif
#if defined __OpenBSD__ || defined __NetBSD__
	struct sockaddr *ai_addr;
	char *ai_canonname;
#else
	char *ai_canonname;
	struct sockaddr *ai_addr;
#endif
	struct addrinfo *ai_next;
};

#if defined _WIN32
#  define LENGTH unsigned long          /* DWORD */
#elif defined __NetBSD__ || defined __APPLE__
#  define LENGTH socklen_t
#else
#  define LENGTH size_t
#endif
int CALL getaddrinfo(const char *, const char *, const struct addrinfo *,
		     struct addrinfo **);
void CALL freeaddrinfo(struct addrinfo *);
int CALL getnameinfo(const struct sockaddr *, socklen_t, char *, LENGTH,
		     char *, LENGTH, int);

#if defined __OpenBSD__
#  define EAI_SERVICE (-8)
#  define EAI_MEMORY (-10)
#  define EAI_OVERFLOW (-14)
#elif defined _WIN32
#  define EAI_SERVICE 10109
#  define EAI_MEMORY 8
#else
#  define EAI_SERVICE 9
#  define EAI_MEMORY 6
#  define EAI_OVERFLOW 14
#endif

#define AI_PASSIVE 1
#define AI_CANONNAME 2
#if defined __OpenBSD__
#  define AI_NUMERICSERV 16
#  define NI_NUMERICSERV 2
#elif defined __APPLE__
#  define AI_NUMERICSERV 0x1000
#  define NI_NUMERICSERV 8
#else
#  define AI_NUMERICSERV 8
#  define NI_NUMERICSERV 8
#endif
#define NI_DGRAM 16

/* ---- <windows.h> --------------------------------------------------------- */

#if defined _WIN32
#define far
#define near
typedef unsigned long DWORD;
typedef void (__stdcall *PFLS_CALLBACK_FUNCTION)(void *);
#define FLS_OUT_OF_INDEXES ((DWORD)0xffffffff)
#define ERROR_INSUFFICIENT_BUFFER 122L
#define LPTR 0x40
DWORD __stdcall FlsAlloc(PFLS_CALLBACK_FUNCTION);
int __stdcall FlsFree(DWORD);
void *__stdcall FlsGetValue(DWORD);
int __stdcall FlsSetValue(DWORD, void *);
void *__stdcall LocalAlloc(unsigned, size_t);
void *__stdcall LocalFree(void *);
void *InterlockedCompareExchangePointer(void *volatile *, void *, void *);
#endif

#endif
