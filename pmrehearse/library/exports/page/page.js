"use strict";
(function () {
  const LEAD_S = 1;
  const audio = document.querySelector("audio");
  if (!audio) { return; }
  const words = Array.from(document.querySelectorAll(".said [data-t]"));
  const starts = words.map((word) => Number(word.dataset.t));
  const wave = document.querySelector(".wave");
  const now = wave && wave.querySelector(".now");
  let spoken = null;

  function go(seconds) {
    audio.currentTime = Math.max(0, seconds);
    audio.play();
  }

  function wordAt(seconds) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= seconds) { low = middle + 1; } else { high = middle; }
    }
    const word = words[low - 1];
    return word && seconds < Number(word.dataset.e) + 0.3 ? word : null;
  }

  function follow() {
    if (now && audio.duration) { now.setAttribute("x", String(1000 * audio.currentTime / audio.duration - 1)); }
    const word = wordAt(audio.currentTime);
    if (word === spoken) { return; }
    if (spoken) { spoken.classList.remove("spoken"); }
    if (word) { word.classList.add("spoken"); }
    spoken = word;
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-at], [data-t]");
    if (target && target.dataset.at !== undefined) {
      go(Number(target.dataset.at) - LEAD_S);
    } else if (target) {
      go(Number(target.dataset.t));
    } else if (wave && wave.contains(event.target) && audio.duration) {
      const box = wave.getBoundingClientRect();
      go(audio.duration * (event.clientX - box.left) / box.width);
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.target.closest("button, audio") || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === " ") {
      if (audio.paused) { audio.play(); } else { audio.pause(); }
      event.preventDefault();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      audio.currentTime += event.key === "ArrowLeft" ? -1.5 : 1.5;
      event.preventDefault();
    }
  });
  audio.addEventListener("loadedmetadata", function () {
    const place = /^#t=(\d+(?:\.\d+)?)$/.exec(window.location.hash);
    if (place) { audio.currentTime = Number(place[1]); }
  });
  audio.addEventListener("timeupdate", follow);
  audio.addEventListener("seeked", follow);
}());
