package dev.slipway.activities.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.frontend.PublishedFile.Caching;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachingRuleTest {
  private final CachingRule rule = new CachingRule(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assets/index-BsG3kT2a.js",
        "assets/index-B_x-12Ab.css",
        "assets/logo-D0vx7Y-1.svg",
        "static/js/main.8a7b6c5d.js",
        "static/js/787.28cb0dcd.chunk.js",
        "static/css/main.f855e6bc.css",
        "_next/static/chunks/1a2b3c4d5e6f7890.js",
        "_next/static/chunks/main-app-9f2d3c4b5a697881.js",
        "_next/static/media/inter.p.1a2b3c4d.woff2",
        "_astro/page.C7hLp2xQ.js",
        "_app/immutable/entry/start.D1s9zKxF.js",
        "_nuxt/DkX7y2ab.js",
        "chunks/chunk-5QXTZ3KJ.js",
        "js/vendors~main.3f2a9c1b0d4e5f6a7b8c.bundle.js"
      })
  void whatABundlerNamedByItsContentIsKeptForEver(String path) {
    assertThat(rule.of(path)).isEqualTo(Caching.LASTING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "assets/index-BsG3kT2a.html",
        "favicon.ico",
        "favicon-32x32.png",
        "assets/icon-1024x1024.png",
        "assets/icon16x16.png",
        "assets/logo.svg",
        "assets/logo-original.png",
        "assets/photo-NewYork1.png",
        "assets/page-Checkout.js",
        "assets/report-20240115.pdf",
        "assets/site-v2a.css",
        "assets/my-new-Page.js",
        "assets/hero-iPhone15.png",
        "assets/IMG_20240115.jpg",
        "assets/index-BsG3kT2a.js.map",
        "static/js/main.8a7b6c5d.js.LICENSE.txt",
        "_next/static/build-id/_buildManifest.js",
        "robots.txt",
        "sw.js",
        "site.webmanifest",
        "assets/deadbeef.png"
      })
  void whatMayChangeUnderItsNameIsAskedFor(String path) {
    assertThat(rule.of(path)).isEqualTo(Caching.ASK);
  }

  @Test
  void aHashedNameOutsideOfBundlersFoldersCountsWhenAnotherFileNamesIt() {
    var named = new CachingRule(List.of("<script src=\"main-5QXTZ3KJ.js\"></script>"));

    assertThat(named.of("main-5QXTZ3KJ.js")).isEqualTo(Caching.LASTING);
    assertThat(rule.of("main-5QXTZ3KJ.js")).isEqualTo(Caching.ASK);
  }
}
