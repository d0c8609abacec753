// The first statement of the page that runs. The main process loads what answers calls when the first one comes: now it
// does so while the page still makes its frame. Before the page has its files it would keep it waiting for them.
void window.desk.readClock({})

export {}
