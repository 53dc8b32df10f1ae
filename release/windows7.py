#!/usr/bin/env python3
"""Whether Windows 7 has all that a .exe imports.

    release/windows7.py PROGRAM.exe

The libraries that Windows 7 comes with are listed here. Of a function, two things are asked. Whether it is
in NEWER: what Rust's std and the crates round it call on newer systems, with the version that Microsoft's
documentation names as the first (std's own `sys/pal/windows/c.rs` keeps the same functions apart for Windows
7). And whether the headers of mingw-w64 declare it with _WIN32_WINNT=0x0601, which is Windows 7: a small C
file names every imported function. The headers alone would not do: some of 8 they declare for 7 as well.
A function that is asked for by
GetProcAddress at run time is not seen here, and need not be there: who asks so has another way.
"""
import re, subprocess, sys, tempfile

# No api-ms-win-*: those sets came with 8 and 10. No ucrtbase, no vcruntime: they are separate downloads.
LIBRARIES = {
    "advapi32.dll", "bcrypt.dll", "kernel32.dll", "msvcrt.dll", "ntdll.dll", "ole32.dll", "shell32.dll",
    "user32.dll", "userenv.dll", "ws2_32.dll",
}
# mingw-w64 takes from msvcrt.dll what every Windows since XP has there and brings the rest itself.
WHOLE = {"msvcrt.dll"}
NEWER = {
    "CopyFile2": "8", "CreateFile2": "8", "GetCurrentThreadStackLimits": "8", "GetOverlappedResultEx": "8",
    "GetProcessMitigationPolicy": "8", "GetSystemTimePreciseAsFileTime": "8", "PrefetchVirtualMemory": "8",
    "WaitOnAddress": "8", "WakeByAddressAll": "8", "WakeByAddressSingle": "8", "DiscardVirtualMemory": "8.1",
    "ProcessPrng": "8", "GetThreadDescription": "10", "SetThreadDescription": "10",
    "QueryUnbiasedInterruptTimePrecise": "10", "QueryInterruptTimePrecise": "10", "VirtualAlloc2": "10",
    "MapViewOfFile3": "10", "GetDpiForSystem": "10", "CreatePseudoConsole": "10", "GetTempPath2W": "11",
}
HEADERS = ["winsock2.h", "ws2tcpip.h", "windows.h", "winternl.h", "ntsecapi.h", "bcrypt.h", "tlhelp32.h", "userenv.h"]
# In no header of mingw-w64. Windows 7 has them: they are in the NT 4 Native API and in Microsoft's
# documentation of the kernel's Zw functions (NtReadFile, NtWriteFile), without a version later than 2000.
OLD = {"NtReadFile", "NtWriteFile", "NtCreateNamedPipeFile"}


def imports(program):
    """Library and functions, as objdump lists them."""
    told = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", program], check=True, stdout=subprocess.PIPE, text=True).stdout
    found, library = {}, None
    for line in told.partition("The Import Tables")[2].partition("\nThe ")[0].splitlines():
        if name := re.match(r"\s*DLL Name: (\S+)", line):
            library = name[1].lower()
            found.setdefault(library, [])
        elif function := re.match(r"\s+[0-9a-f]+\s+\d+\s+(\w+)$", line):
            found[library].append(function[1])
    return found


def undeclared(functions, version):
    """Those of the functions that the headers do not declare for this version of Windows."""
    lines = [f"#include <{header}>" for header in HEADERS]
    lines += [f"void *use_{name} = (void *)&{name};" for name in functions]
    with tempfile.NamedTemporaryFile("w", suffix=".c") as source:
        source.write("\n".join(lines) + "\n")
        source.flush()
        command = ["x86_64-w64-mingw32-gcc", f"-D_WIN32_WINNT={version}", f"-DWINVER={version}", "-fsyntax-only",
                   "-fmax-errors=0", source.name]
        said = subprocess.run(command, stderr=subprocess.PIPE, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}).stderr
    missing = set(re.findall(r"error: '(\w+)' undeclared", said))
    if "error:" in said and not missing:
        sys.exit(said)
    return missing


def main():
    found = imports(sys.argv[1])
    wrong = [f"{library}: Windows 7 does not come with it" for library in sorted(found) if library not in LIBRARIES]
    functions = sorted({f for library, all in found.items() if library not in WHOLE for f in all})
    wrong += [f"{name}: since Windows {NEWER[name]}" for name in functions if name in NEWER]
    # The check itself is checked: of these, 8 brought the one and 2000 had the other.
    if undeclared(["CreateFile2", "CreateFileW"], "0x0601") != {"CreateFile2"}:
        sys.exit("the headers do not tell a function of Windows 8 from one of 7")
    wrong += [f"{name}: not declared for Windows 7" for name in sorted(undeclared(functions, "0x0601") - OLD)]
    for line in wrong:
        print(line, file=sys.stderr)
    count = sum(map(len, found.values()))
    print(f"{count} functions of {len(found)} libraries: {', '.join(sorted(found))}")
    sys.exit(1 if wrong else 0)


main()
