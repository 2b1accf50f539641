# A small image with gouji in it and a shell, which the runners of GitLab and Jenkins need.
#
#   docker build -t gouji .
#   docker run --rm -v "$PWD:/work" gouji check 归档/
ARG RUST=1.92
ARG ALPINE=3.22

FROM rust:${RUST}-alpine${ALPINE} AS build
# hadolint ignore=DL3018
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY Cargo.toml Cargo.lock build.rs ./
COPY rules rules
COPY src src
COPY web/Cargo.toml web/Cargo.toml
# Benchmarks and the page are named in Cargo.toml and must be there; what they hold is not built.
RUN mkdir benches web/src && touch benches/check.rs benches/accuracy.rs web/src/lib.rs \
    && cargo install --locked --path . --root /out

FROM alpine:${ALPINE}
COPY --from=build /out/bin/gouji /usr/local/bin/gouji
COPY LICENSE-MIT LICENSE-APACHE /usr/share/licenses/gouji/
RUN adduser -D -H -u 65532 gouji
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["gouji"]
CMD ["--help"]
