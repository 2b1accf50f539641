#!/usr/bin/env bash
# Makes web/dist/gouji.html, one file that needs no other: bash web/build.sh
#
# The module is compiled for wasm32-unknown-unknown, and the standard library with it: its source is rustup's component rust-src.
# Where that is not there, Debian's compiler for the web is unpacked into a folder (nothing is installed), with its own.
set -euo pipefail
cd "$(dirname "$0")"

target=wasm32-unknown-unknown
tools=$PWD/../target/web-tools
# What Chromium 90 and Firefox 90 run: neither has what newer compilers take for granted.
features=bulk-memory,mutable-globals,sign-ext,nontrapping-fptoint
flags="-Ctarget-cpu=mvp -Ctarget-feature=+${features//,/,+} -Clink-arg=-zstack-size=4194304"

# Unpacks packages of Debian into the folder of tools.
unpack() {
  mkdir -p "$tools/packages"
  (cd "$tools/packages" && apt-get download -q "$@")
  for package in "$@"; do dpkg -x "$tools/packages/$package"_*.deb "$tools"; done
}

# The packages of this pattern that a package depends on.
needs() {
  apt-cache show "$1" | sed -n '0,/^Depends:/s/^Depends: //p' | tr ',' '\n' | sed 's/^ *//; s/[ (|].*//' | grep -E "^$2$"
}

# The standard library is built along, for size: its sorting alone is a tenth of the module otherwise. That takes what the
# compiler keeps for itself, of the very version that is there.
export RUSTC_BOOTSTRAP=1
own=(-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size)
# A panic says what it says, and not in which line of which file.
flags="$flags -Zlocation-detail=none"

sysroot=$(rustc --print sysroot)
if [ ! -d "$sysroot/lib/rustlib/src/rust/library" ]; then
  # What an unpacking that was cut short has left is no compiler.
  if [ ! -e "$tools/unpacked" ]; then
    library=$(needs libstd-rust-web-dev 'libstd-rust-web-[0-9.]+')
    unpack rustc-web rust-web-src libstd-rust-web-dev "$library" "$(needs "$library" 'libllvm[0-9]+')"
    touch "$tools/unpacked"
  fi
  export RUSTC=$tools/usr/bin/rustc
  export LD_LIBRARY_PATH=$tools/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  # Its linker comes in another package: that of rustup does as well.
  linker=$(find "$sysroot/lib/rustlib" -name rust-lld -path '*/bin/*' | head -n 1)
  if [ -n "$linker" ]; then
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker
  fi
fi

export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags
# A folder of its own: another compiler would throw away what the first has built.
export CARGO_TARGET_DIR=$PWD/../target/web
cargo build --locked --package gouji-page --lib --profile page --target "$target" "${own[@]}"
built=$CARGO_TARGET_DIR/$target/page/gouji_page.wasm

if ! command -v wasm-opt >/dev/null; then
  if [ ! -x "$tools/usr/bin/wasm-opt" ]; then unpack binaryen; fi
  export LD_LIBRARY_PATH=$tools/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  PATH=$tools/usr/bin:$PATH
fi
mkdir -p dist
# What is exported for a generator of bindings, which we do not use, goes; then what was only there for it.
allowed=(--mvp-features --enable-bulk-memory --enable-mutable-globals --enable-sign-ext --enable-nontrapping-float-to-int)
wasm-metadce "${allowed[@]}" --graph-file=exports.json "$built" -o dist/small.wasm >/dev/null
wasm-opt "${allowed[@]}" -Oz --strip-debug --strip-producers --strip-target-features dist/small.wasm -o dist/gouji.wasm
rm dist/small.wasm

if [ ! -d node_modules ]; then npm ci --ignore-scripts; fi
node assemble.mjs dist/gouji.wasm dist/gouji.html
