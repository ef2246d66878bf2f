/**
 * What the page does in a browser: it draws the charts of its island with uPlot. It knows no unit and decides nothing;
 * ticks, texts, colours and marks are data (see Chart). Without it the tables tell the same.
 */
export const pageScript = `
(() => {
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const faded = (name, share) => 'color-mix(in srgb, ' + colour(name) + ' ' + share + '%, transparent)';

  const axis = (side, said, size) => ({
    side, size, label: said.label, labelSize: 22, labelGap: 2, gap: 6, labelFont: '13px system-ui, sans-serif', font: '12px system-ui, sans-serif',
    stroke: () => colour('soft'), grid: { stroke: () => colour('line'), width: 1 }, ticks: { stroke: () => colour('line'), size: 4, width: 1 },
    splits: () => said.ticks, filter: (u, splits) => splits, values: (u, splits) => splits.map((tick) => said.texts[said.ticks.indexOf(tick)] ?? ''),
  });

  const scale = (said) => ({ time: false, auto: false, range: [said.min, said.max], ...(said.isLogarithmic ? { distr: 3, log: 10 } : {}) });

  const series = (line, isJoined) => ({
    label: line.name, stroke: () => colour(line.tone), width: line.width, dash: line.dash, spanGaps: line.spans === true,
    points: { show: true, size: line.width > 2 ? 7 : 5, fill: () => colour('card') },
    ...(isJoined ? {} : { paths: () => null }),
    value: (u, value, at, index) => (index === null ? '' : line.texts[index] ?? ''),
  });

  const mark = (u, marks) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const { from, to, tone } of marks) {
      const [left, right] = [u.valToPos(from, 'x', true), u.valToPos(to, 'x', true)];
      if (to > from) {
        ctx.fillStyle = faded(tone, 16);
        ctx.fillRect(left, bbox.top, right - left, bbox.height);
        continue;
      }
      ctx.strokeStyle = colour(tone);
      ctx.lineWidth = 1.5 * devicePixelRatio;
      ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(left, bbox.top);
      ctx.lineTo(left, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  };

  const draw = (chart) => {
    const place = document.getElementById(chart.id);
    place.textContent = '';
    const isNarrow = place.clientWidth < 480;
    const widest = Math.max(...chart.y.texts.map((text) => text.length));
    return new uPlot({
      width: place.clientWidth,
      height: place.dataset.wide === 'yes' && !isNarrow ? 360 : 270,
      padding: [10, 14, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 9, fill: (u, index) => colour(chart.lines[index - 1].tone) } },
      legend: { live: true, markers: { width: 1.5, dash: (u, index) => (chart.lines[index - 1].dash.length > 0 ? 'dashed' : 'solid') } },
      scales: { x: scale(chart.x), y: scale(chart.y) },
      axes: [axis(2, chart.x, 34), axis(3, chart.y, 16 + 7 * widest)],
      series: [{ label: 'load', value: (u, value, at, index) => (index === null ? '' : chart.loadTexts[index] ?? '') }, ...chart.lines.map((line) => series(line, chart.isJoined))],
      hooks: { drawAxes: [(u) => mark(u, chart.marks)] },
    }, [chart.loads, ...chart.lines.map((line) => line.points)], place);
  };

  let drawn = [];
  const drawAll = () => {
    for (const plot of drawn) plot.destroy();
    drawn = charts.map(draw);
  };
  let width = 0;
  const settle = () => {
    if (innerWidth === width) return;
    width = innerWidth;
    requestAnimationFrame(drawAll);
  };
  settle();
  addEventListener('resize', settle);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();
`;
