# The flags by which no path of the machine that builds goes into a program: sourced by compile.sh and
# twice.sh, in the project's folder. Of several that fit rustc takes the last.
remapped() { # SYSROOT
  printf '%s\n' "--remap-path-prefix=$HOME=/home" "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo" \
    "--remap-path-prefix=$PWD=/wengao" "--remap-path-prefix=$1=/rust"
}
