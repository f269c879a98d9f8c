(function () {
  "use strict";
  var report = JSON.parse(document.getElementById("report-data").textContent);
  var places = Array.prototype.slice.call(document.querySelectorAll("[data-chart]"));
  var charts = [];
  var font = getComputedStyle(document.body).fontFamily;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function ink(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  /** Four significant digits; large and small numbers as powers of ten. */
  function number(value) {
    if (value === null || value === undefined) { return "none"; }
    if (value === 0) { return "0"; }
    var size = Math.abs(value);
    if (size >= 1e5 || size < 1e-3) { return Number(value.toPrecision(3)).toExponential().replace("e+", "e").replace("-", "−"); }
    return String(Number(value.toPrecision(4))).replace("-", "−");
  }

  var superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  function powerOfTen(value) {
    var exponent = Math.round(Math.log10(value));
    if (Math.abs(exponent) < 4 && Math.abs(value - Math.pow(10, exponent)) < 1e-9 * value) { return String(Number(value.toPrecision(3))); }
    var digits = String(Math.abs(exponent)).split("").map(function (d) { return superscripts[d]; }).join("");
    return "10" + (exponent < 0 ? "⁻" : "") + digits;
  }

  function axis(extra) {
    var base = {
      type: "value",
      axisLine: { show: true, onZero: false, lineStyle: { color: ink("rule") } },
      axisTick: { show: false },
      axisLabel: { color: ink("muted"), fontSize: 11, hideOverlap: true },
      splitLine: { show: true, lineStyle: { color: ink("faint") } },
      nameTextStyle: { color: ink("muted"), fontSize: 12 },
      nameLocation: "middle",
      nameTruncate: { maxWidth: 120, ellipsis: "…" }
    };
    Object.keys(extra).forEach(function (key) {
      base[key] = key === "axisLabel" ? Object.assign(base.axisLabel, extra.axisLabel) : extra[key];
    });
    return base;
  }

  function base(extra) {
    return Object.assign({
      animation: false,
      textStyle: { fontFamily: font, color: ink("ink") },
      tooltip: {
        confine: true, backgroundColor: ink("surface"), borderColor: ink("rule"), padding: [5, 9],
        textStyle: { color: ink("ink"), fontSize: 12 }, transitionDuration: 0
      }
    }, extra);
  }

  function escape(text) {
    return text.replace(/[&<>"]/g, function (c) { return "&#" + c.charCodeAt(0) + ";"; });
  }

  function zip(a, b) {
    return a.map(function (x, n) { return [x, b[n]]; });
  }

  function rangeAxis(column, extra) {
    return axis(Object.assign({
      min: column.range[0], max: column.range[1], splitNumber: 4, name: column.name,
      axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: number }
    }, extra));
  }

  function pair(set) {
    return function (index, width) {
      var small = width < 240;
      var left = small ? 34 : 44;
      var x = report.columns[report.pairs[index][0]];
      var y = report.columns[report.pairs[index][1]];
      return base({
        grid: { left: left, right: 6, top: 28, bottom: small ? 22 : 38 },
        title: { text: set === "data" ? "Data" : "Samples", left: left - 5, top: 2, textStyle: { fontSize: 13, fontWeight: 600, color: ink(set) } },
        xAxis: rangeAxis(x, small ? { name: "" } : { nameGap: 22 }),
        yAxis: rangeAxis(y, small ? { name: "" } : { nameGap: 32 }),
        tooltip: { show: false },
        series: [{
          type: "scatter", data: zip(x[set], y[set]), symbolSize: (small ? 2 : 3) + (x[set].length < 600 ? 1 : 0), silent: true, clip: true,
          itemStyle: { color: ink(set), opacity: 0.45 }
        }]
      });
    };
  }

  function steps(edges, density) {
    var points = density.map(function (value, k) { return [edges[k], value]; });
    points.push([edges[edges.length - 1], density[density.length - 1]]);
    return points;
  }

  function marginal(index) {
    var m = report.marginals[index];
    var line = { type: "line", step: "end", symbol: "none", silent: true };
    return base({
      grid: { left: 42, right: 10, top: 10, bottom: 24 },
      xAxis: axis({
        min: m.edges[0], max: m.edges[m.edges.length - 1], splitNumber: 5, splitLine: { show: false },
        axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: number }
      }),
      yAxis: axis({ splitNumber: 3, axisLabel: { formatter: number } }),
      tooltip: { show: false },
      series: [
        Object.assign({}, line, { name: "data", data: steps(m.edges, m.data), lineStyle: { width: 1, color: ink("data") }, areaStyle: { color: ink("data"), opacity: 0.22 } }),
        Object.assign({}, line, { name: "samples", data: steps(m.edges, m.samples), lineStyle: { width: 2, color: ink("samples") } })
      ]
    });
  }

  /** Levels lie down, a line each for data and samples; bins stand, the samples' outlines over the data's bars. */
  function bars(index, width) {
    var b = report.bars[index];
    var places = { type: "category", data: b.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: ink("rule") } }, axisLabel: { color: ink("muted"), fontSize: 11, hideOverlap: true } };
    var shares = axis({ splitNumber: 3, axisLabel: { formatter: function (v) { return number(v) + " %"; } } });
    var tooltip = Object.assign(base({}).tooltip, {
      trigger: "axis", axisPointer: { type: "shadow" },
      formatter: function (p) {
        var k = p[0].dataIndex;
        var name = b.labels[k] + (b.ends.length > 0 ? " to below " + b.ends[k] : "");
        return "<b>" + escape(name) + "</b><br>data " + number(b.data[k]) + " %<br>samples " + number(b.samples[k]) + " %";
      }
    });
    if (b.levels) {
      var label = { width: Math.min(150, Math.round(0.36 * width)), overflow: "truncate", interval: 0, hideOverlap: false };
      return base({
        grid: { left: label.width + 12, right: 14, top: 4, bottom: 22 },
        yAxis: Object.assign(places, { inverse: true, axisLabel: Object.assign(places.axisLabel, label) }),
        xAxis: shares, tooltip: tooltip,
        series: [
          { type: "bar", name: "data", data: b.data, barCategoryGap: "28%", barGap: "10%", itemStyle: { color: ink("data") } },
          { type: "bar", name: "samples", data: b.samples, itemStyle: { color: ink("samples") } }
        ]
      });
    }
    return base({
      grid: { left: 48, right: 10, top: 10, bottom: 24 },
      xAxis: places, yAxis: shares, tooltip: tooltip,
      series: [
        { type: "bar", name: "data", data: b.data, barCategoryGap: "6%", barGap: "-100%", itemStyle: { color: ink("data"), opacity: 0.32 } },
        { type: "bar", name: "samples", data: b.samples, itemStyle: { color: "transparent", borderColor: ink("samples"), borderWidth: 1.6 } }
      ]
    });
  }

  function twoDecimals(value) {
    return (Math.round(100 * value) / 100 || 0).toFixed(2).replace("-", "−");
  }

  function correlation(set) {
    return function () {
      var c = report.correlations;
      var d = c.names.length;
      var cells = [];
      for (var i = 0; i < d; i++) {
        for (var j = 0; j < d; j++) {
          var a = c.data[i * d + j];
          var b = c.samples[i * d + j];
          var value = set === "difference" ? (a === null || b === null ? null : Math.round((b - a) * 1000) / 1000) : c[set][i * d + j];
          cells.push({ value: [j, d - 1 - i, value === null ? "-" : value] });
        }
      }
      var few = d <= 12;
      // Differences are small next to 1: their colours span what there is, at least a tenth.
      var span = set === "difference" ? Math.max(0.1, Math.ceil(10 * cells.reduce(function (most, cell) { return Math.max(most, Math.abs(cell.value[2]) || 0); }, 0)) / 10) : 1;
      var labels = { show: few, color: ink("muted"), fontSize: 10, interval: 0, width: 70, overflow: "truncate" };
      cells.forEach(function (cell) {
        cell.label = { color: Math.abs(cell.value[2]) > 0.6 * span ? ink("surface") : ink("ink") };
      });
      return base({
        grid: { left: few ? 78 : 8, right: 8, top: 6, bottom: few ? 86 : 46 },
        xAxis: { type: "category", data: c.names, axisLine: { show: false }, axisTick: { show: false }, axisLabel: Object.assign({ rotate: d > 3 ? 45 : 0 }, labels) },
        yAxis: { type: "category", data: c.names.slice().reverse(), axisLine: { show: false }, axisTick: { show: false }, axisLabel: labels },
        visualMap: {
          min: -span, max: span, calculable: false, orient: "horizontal", left: "center", bottom: 0, itemWidth: 10, itemHeight: 110, precision: 1,
          text: [number(span), number(-span)], textStyle: { color: ink("muted"), fontSize: 11 },
          inRange: { color: [ink("samples"), ink("surface"), ink("data")] }
        },
        tooltip: Object.assign(base({}).tooltip, {
          formatter: function (p) {
            return escape(c.names[d - 1 - p.value[1]]) + ", " + escape(c.names[p.value[0]]) + ": <b>" + (p.value[2] === "-" ? "undefined" : number(p.value[2])) + "</b>";
          }
        }),
        series: [{
          type: "heatmap", data: cells, itemStyle: { borderColor: ink("surface"), borderWidth: few ? 1 : 0 },
          label: { show: d <= 6, fontSize: 11, formatter: function (p) { return p.value[2] === "-" ? "–" : twoDecimals(p.value[2]); } },
          emphasis: { disabled: true }
        }]
      });
    };
  }

  function correlationPairs() {
    var side = { min: -1, max: 1, splitNumber: 4, axisLabel: { formatter: number } };
    return base({
      grid: { left: 52, right: 12, top: 12, bottom: 44 },
      xAxis: axis(Object.assign({ name: "among data", nameGap: 26 }, side)),
      yAxis: axis(Object.assign({ name: "among samples", nameGap: 38 }, side)),
      tooltip: { show: false },
      series: [{
        type: "scatter", data: report.correlations.pairs, symbolSize: 3, silent: true, itemStyle: { color: ink("samples"), opacity: 0.5 },
        markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: ink("muted"), type: "dashed" }, data: [[{ coord: [-1, -1] }, { coord: [1, 1] }]] }
      }]
    });
  }

  function spectrum() {
    var s = report.spectrum;
    var names = ["one coordinate", "two coordinates", "three coordinates or more"];
    var colours = [ink("data"), ink("samples"), ink("third")];
    var series = names.map(function (name, k) {
      return {
        name: name, type: "scatter", symbolSize: 5, itemStyle: { color: colours[k], opacity: 0.65 },
        symbol: ["circle", "triangle", "diamond"][k],
        data: s.functions.filter(function (f) { return f[2] > 0 && f[3] > 0 && (k < 2 ? f[1] === k + 1 : f[1] >= 3); })
          .map(function (f) { return { value: [f[2], f[3]], name: f[0] }; })
      };
    }).filter(function (one) { return one.data.length > 0; });
    if (s.threshold !== null && series.length > 0) {
      series[0].markLine = {
        silent: true, symbol: "none", lineStyle: { color: ink("muted"), type: "dashed" }, data: [{ yAxis: s.threshold }],
        label: { formatter: "3 standard errors", position: "insideEndTop", color: ink("muted"), fontSize: 11 }
      };
    }
    return base({
      grid: { left: 58, right: 14, top: 34, bottom: 44 },
      legend: { top: 0, left: 54, itemWidth: 10, itemHeight: 10, textStyle: { color: ink("muted"), fontSize: 12 } },
      xAxis: axis({ type: "log", name: "eigenvalue λ", nameGap: 26, axisLabel: { formatter: powerOfTen } }),
      yAxis: axis({ type: "log", name: "|m|", nameGap: 42, axisLabel: { formatter: powerOfTen } }),
      tooltip: Object.assign(base({}).tooltip, {
        formatter: function (p) { return "<b>" + escape(p.name) + "</b><br>λ = " + number(p.value[0]) + "<br>|m| = " + number(p.value[1]); }
      }),
      series: series
    });
  }

  function alongTime(entry, log, colour) {
    return function () {
      var points = report.grid.map(function (g) { return [g[0], g[entry]]; }).filter(function (p) { return p[0] > 0 && p[1] !== null && (!log || p[1] > 0); });
      return base({
        grid: { left: 52, right: 12, top: 12, bottom: 40 },
        xAxis: axis({ type: "log", name: "time t", nameGap: 24, axisLabel: { formatter: powerOfTen } }),
        yAxis: axis({ type: log ? "log" : "value", min: log ? null : 0, axisLabel: { formatter: log ? powerOfTen : number } }),
        tooltip: Object.assign(base({}).tooltip, {
          trigger: "axis",
          formatter: function (p) { return "t = " + number(p[0].value[0]) + "<br><b>" + number(p[0].value[1]) + "</b>"; }
        }),
        series: [{ type: "line", data: points, symbolSize: 4, showSymbol: points.length < 60, lineStyle: { width: 2, color: ink(colour) }, itemStyle: { color: ink(colour) } }]
      });
    };
  }

  function trajectories() {
    var x = report.columns[0];
    var y = report.columns[1] || x;
    var paths = report.trajectories;
    var ends = paths.map(function (path) { return path[path.length - 1]; });
    var starts = paths.map(function (path) { return path[0]; });
    var lines = paths.map(function (path) {
      return { type: "line", data: path, symbol: "none", silent: true, lineStyle: { width: 1.2, color: ink("samples"), opacity: 0.75 }, smooth: false };
    });
    return base({
      grid: { left: 48, right: 10, top: 10, bottom: 42 },
      xAxis: axis({ scale: true, name: x.name, nameGap: 26, axisLabel: { formatter: number } }),
      yAxis: axis({ scale: true, name: y.name, nameGap: 34, axisLabel: { formatter: number } }),
      tooltip: { show: false },
      series: [{ type: "scatter", data: zip(x.data, y.data), symbolSize: 2.5, silent: true, itemStyle: { color: ink("muted"), opacity: 0.25 } }]
        .concat(lines)
        .concat([
          { type: "scatter", data: starts, symbolSize: 7, silent: true, itemStyle: { color: ink("surface"), borderColor: ink("samples"), borderWidth: 1.5 } },
          { type: "scatter", data: ends, symbolSize: 7, silent: true, itemStyle: { color: ink("samples") } }
        ])
    });
  }

  /** Means of samples against truth, a line from the 5 % to the 95 % quantile for each. */
  function recovered() {
    var cells = report.recovered;
    var side = { scale: true, splitNumber: 4, axisLabel: { formatter: number } };
    var all = cells.reduce(function (list, cell) { return list.concat(cell.slice(0, 2)); }, []);
    var ends = [Math.min.apply(null, all), Math.max.apply(null, all)];
    return base({
      grid: { left: 52, right: 12, top: 12, bottom: 44 },
      xAxis: axis(Object.assign({ name: "truth", nameGap: 26 }, side)),
      yAxis: axis(Object.assign({ name: "samples", nameGap: 38 }, side)),
      tooltip: { show: false },
      series: [{
        type: "custom", silent: true, data: cells, encode: { x: 0, y: [1, 2, 3] },
        renderItem: function (params, api) {
          var low = api.coord([api.value(0), api.value(2)]);
          var high = api.coord([api.value(0), api.value(3)]);
          return { type: "line", shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] }, style: { stroke: ink("samples"), opacity: 0.35 } };
        }
      }, {
        type: "scatter", data: cells.map(function (cell) { return cell.slice(0, 2); }), symbolSize: 4, silent: true, itemStyle: { color: ink("samples") },
        markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: ink("muted"), type: "dashed" }, data: [[{ coord: [ends[0], ends[0]] }, { coord: [ends[1], ends[1]] }]] }
      }]
    });
  }

  function images(group, set) {
    return function (canvas) {
      var height = report[group].height;
      var width = report[group].width;
      var bytes = atob(report[group][set || canvas.getAttribute("data-strip")]);
      var count = bytes.length / (height * width);
      var across = Math.min(count, 8);
      var down = Math.ceil(count / across);
      canvas.width = across * (width + 1) - 1;
      canvas.height = down * (height + 1) - 1;
      canvas.style.width = "100%";
      var context = canvas.getContext("2d");
      var pixels = context.createImageData(canvas.width, canvas.height);
      for (var n = 0; n < count; n++) {
        var left = (n % across) * (width + 1);
        var top = Math.floor(n / across) * (height + 1);
        for (var k = 0; k < height * width; k++) {
          var at = 4 * ((top + Math.floor(k / width)) * canvas.width + left + k % width);
          var level = bytes.charCodeAt(n * height * width + k);
          pixels.data[at] = level;
          pixels.data[at + 1] = level;
          pixels.data[at + 2] = level;
          pixels.data[at + 3] = 255;
        }
      }
      context.putImageData(pixels, 0, 0);
    };
  }

  var options = {
    "pair-data": pair("data"), "pair-samples": pair("samples"), "marginal": marginal, "bars": bars,
    "correlation-data": correlation("data"), "correlation-samples": correlation("samples"), "correlation-difference": correlation("difference"),
    "correlation-pairs": correlationPairs, "spectrum": spectrum, "trajectories": trajectories, "recovered": recovered,
    "condition": alongTime(1, true, "data"), "residual": alongTime(2, true, "samples"), "iterations": alongTime(3, false, "third")
  };
  var painters = { "images-data": images("images", "data"), "images-samples": images("images", "samples"), "strip": images("strips") };

  function drawn(place) {
    place.setAttribute("data-drawn", "true");
    var count = document.querySelectorAll("[data-drawn]").length;
    document.documentElement.setAttribute("data-charts", count + "/" + places.length);
    // For tests: whether something is wider than the window.
    document.documentElement.setAttribute("data-overflow", String(document.documentElement.scrollWidth > window.innerWidth));
  }

  function draw(place) {
    var kind = place.getAttribute("data-chart");
    if (painters[kind]) {
      painters[kind](place);
      drawn(place);
      return;
    }
    var chart = echarts.init(place, null, { renderer: /pair|trajectories|correlation/.test(kind) ? "canvas" : "svg" });
    chart.on("finished", function () { drawn(place); });
    charts.push({ chart: chart, option: function () { return options[kind](Number(place.getAttribute("data-index")), place.clientWidth); } });
    chart.setOption(charts[charts.length - 1].option());
  }

  function redraw() {
    charts.forEach(function (one) { one.chart.setOption(one.option(), true); });
  }

  function resize() {
    charts.forEach(function (one) {
      one.chart.resize();
      one.chart.setOption(one.option(), true);
    });
  }

  document.documentElement.setAttribute("data-charts", "0/" + places.length);
  places.forEach(draw);
  dark.addEventListener("change", redraw);
  var waiting = 0;
  window.addEventListener("resize", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(resize, 120);
  });
  window.addEventListener("beforeprint", function () {
    document.documentElement.setAttribute("data-theme", "light");
    resize();
  });
  window.addEventListener("afterprint", function () {
    document.documentElement.removeAttribute("data-theme");
    resize();
  });
})();
